using System.Globalization;
using System.Text;

namespace NeuralNet.Fuzz;

/// <summary>Checks that the messages of an exception and of its causes are short and harmless.</summary>
internal static class MessageCheck
{
    private const int LongestMessage = 2000;

    /// <summary>Finds the fault of the messages of an exception; null if there is none.</summary>
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

    // The two joiners, which words of some scripts need, do nothing but join.
    private static bool ActsOnTerminals(Rune rune) => rune.Value is not (0x200C or 0x200D)
        && Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator;
}
