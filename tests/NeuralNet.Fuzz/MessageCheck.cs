using System.Globalization;
using System.Text;

namespace NeuralNet.Fuzz;

/// <summary>What the messages of an exception and of its causes must not be: long, or able to act.</summary>
internal static class MessageCheck
{
    private const int LongestMessage = 2000;

    /// <summary>What is wrong with the messages of an exception; null if nothing is.</summary>
    public static string? Fault(Exception exception)
    {
        for (Exception? one = exception; one is not null; one = one.InnerException)
        {
            if (one.Message.Length > LongestMessage)
            {
                return $"A message has {one.Message.Length} characters: {one.Message[..LongestMessage]}";
            }

            if (one.Message.ReplaceLineEndings(" ").EnumerateRunes().Any(ActsOnTerminals))
            {
                return $"A message holds a character that is not seen: {one.Message}";
            }
        }

        return null;
    }

    private static bool ActsOnTerminals(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator;
}
