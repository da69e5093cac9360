using System.Buffers;
using System.Globalization;
using System.Text;

namespace NeuralNet.Guards;

/// <summary>
/// Text from a file or from a caller as a message shows it: shortened, and with � in place of every character that a
/// terminal or a log would act on, or that nobody sees.
/// </summary>
/// <remarks>
/// Other packages compile this file, too, so that none depends on the internals of another, of whatever version.
/// </remarks>
internal static class MessageText
{
    private const int LongestText = 100;
    private const int LongestName = 80;
    private const int LongestPath = 300;
    private const int LongestReason = 1000;
    private const int MostListed = 12;
    private const int MostCauses = 8;

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

    /// <summary>
    /// The name of a file; of a very long one the end, which tells it from others. Every reader takes it once, when it
    /// begins.
    /// </summary>
    public static string File(string path) => path.Length <= LongestPath
        ? Printable(path)
        : "…" + Printable(path.AsSpan(path.Length - LongestPath));

    /// <summary>The first few of several texts, and … where there are more.</summary>
    public static string Listed(IEnumerable<string> texts, int most = MostListed, int longest = LongestText)
    {
        List<string> first = [.. texts.Take(most + 1).Select(text => Shortened(text, longest))];
        return first.Count == 0
            ? "nothing"
            : string.Join(", ", first.Take(most)) + (first.Count > most ? ", …" : "");
    }

    /// <summary>
    /// The message of an exception of any type, in one line and without its full stop, as part of another message. An
    /// exception that cannot say what is wrong is named by its type.
    /// </summary>
    public static string Reason(Exception exception)
    {
        string? message = MessageOf(exception);
        return string.IsNullOrWhiteSpace(message)
            ? exception.GetType().Name
            : Shortened(message.ReplaceLineEndings(" ").TrimEnd(' ', '.'), LongestReason);
    }

    /// <summary>
    /// The exception as the cause of another one: null if it, or one of its own causes, quotes what a log must not
    /// show.
    /// </summary>
    public static Exception? Cause(Exception exception)
    {
        int causes = 0;
        for (Exception? one = exception; one is not null; one = one.InnerException)
        {
            if (++causes > MostCauses || MessageOf(one) is not { Length: <= 2 * LongestReason } message
                || Printable(message) != message)
            {
                return null;
            }
        }

        return exception;
    }

    /// <summary>Whether a text has none of the characters that a terminal or a log would act on.</summary>
    public static bool IsHarmless(ReadOnlySpan<char> text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (!IsPrintable(rune))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A text of any length without the characters that a terminal or a log would act on.</summary>
    public static string Printable(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder(text.Length);
        Span<char> units = stackalloc char[2];
        Rune before = default;
        while (Rune.DecodeFromUtf16(text, out Rune rune, out int length) is OperationStatus.Done || length > 0)
        {
            text = text[length..];
            Rune.DecodeFromUtf16(text, out Rune next, out _);
            Rune one = IsPrintable(rune) || (IsJoiner(rune) && MayBeJoined(before) && MayBeJoined(next))
                ? rune
                : Rune.ReplacementChar;
            shown.Append(units[..one.EncodeToUtf16(units)]);
            before = one;
        }

        return shown.ToString();
    }

    // Half a surrogate pair comes as � already. What only formats cannot be seen, or turns the direction of writing,
    // which can make a message read as another one.
    private static bool IsPrintable(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // Of the characters without a width, the two that words of some scripts and pictures of several parts need.
    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;

    // The scripts from Arabic on, and pictures.
    private static bool MayBeJoined(Rune rune) =>
        rune.Value >= 0x600 && rune != Rune.ReplacementChar && IsPrintable(rune);

    private static string? MessageOf(Exception exception)
    {
#pragma warning disable CA1031 // An exception of a caller's own may fail to make its message.
        try
        {
            return exception.Message;
        }
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }
}
