using System.Globalization;
using System.Text;

namespace NeuralNet.Guards;

/// <summary>
/// Text from a file or from a caller as a message shows it: shortened, and with � in place of every character that a
/// terminal or a log would act on.
/// </summary>
/// <remarks>
/// Other packages compile this file, too, so that none depends on the internals of another, of whatever version.
/// </remarks>
internal static class MessageText
{
    private const int LongestText = 100;
    private const int LongestName = 80;
    private const int MostListed = 12;

    /// <summary>A text with … in place of what goes beyond a length.</summary>
    public static string Shortened(string text, int longest = LongestText)
    {
        int length = Math.Min(text.Length, longest);
        bool isCut = length < text.Length;
        if (isCut && length > 0 && char.IsSurrogatePair(text[length - 1], text[length]))
        {
            length--;
        }

        return Printable(text.AsSpan(0, length)) + (isCut ? "…" : "");
    }

    /// <summary>A name in quotes.</summary>
    public static string Quoted(string name) => $"'{Shortened(name, LongestName)}'";

    /// <summary>The first few of several texts, and … where there are more.</summary>
    public static string Listed(IEnumerable<string> texts, int most = MostListed, int longest = LongestText)
    {
        List<string> first = [.. texts.Take(most + 1).Select(text => Shortened(text, longest))];
        return first.Count == 0
            ? "nothing"
            : string.Join(", ", first.Take(most)) + (first.Count > most ? ", …" : "");
    }

    /// <summary>A text of any length without the characters that a terminal or a log would act on.</summary>
    public static string Printable(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            shown.Append((IsPrintable(rune) ? rune : Rune.ReplacementChar).ToString());
        }

        return shown.ToString();
    }

    // Half a surrogate pair comes as � already. The ranges are of the characters that turn the direction of writing,
    // which can make a message read as another one.
    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune)
            is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && rune.Value is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069));
}
