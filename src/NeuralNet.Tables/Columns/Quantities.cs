using System.Text;
using System.Text.RegularExpressions;

namespace NeuralNet.Tables.Columns;

/// <summary>
/// Tells texts that are numbers with something around them, such as 5 kg, US$ 5 or 2h 50m, from names with digits.
/// </summary>
/// <remarks>
/// One such text may be a name. Many with different numbers are a quantity or a date, of which a category for each
/// would teach a network nothing.
/// </remarks>
internal sealed partial class Quantities
{
    /// <summary>Number of different numbers from which on they are more than a few categories.</summary>
    private const int Many = 10;

    /// <summary>The same where names often have numbers: ranges, ordinals, limits and versions.</summary>
    private const int ManyOfNames = 30;

    /// <summary>The share of texts with a number that makes a column one of numbers, as a fraction.</summary>
    private const int ShareNumerator = 4;
    private const int ShareDenominator = 5;

    private const int LongestText = 256;

    private readonly HashSet<string> _quantities = new(StringComparer.Ordinal);
    private readonly HashSet<string> _all = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>True if nearly all texts are numbers with something around them, and many of them differ.</summary>
    public bool AreMany =>
        (_quantities.Count > Many || _all.Count > ManyOfNames)
        && (long)Count * ShareDenominator >= (long)_count * ShareNumerator;

    /// <summary>Number of texts that are numbers with something around them.</summary>
    public int Count { get; private set; }

    /// <summary>The unit that all of these have; empty if they have several or none.</summary>
    public string Unit { get; private set; } = "";

    /// <summary>True if a text is a number with something around it.</summary>
    /// <param name="text">The text, UTF-8.</param>
    public static bool Is(ReadOnlySpan<byte> text) =>
        text.Length <= LongestText
        && text.ContainsAnyInRange((byte)'0', (byte)'9')
        && NumberInFront().IsMatch(Encoding.UTF8.GetString(text));

    /// <summary>Takes one of the different texts of a column.</summary>
    /// <param name="text">The text, UTF-8.</param>
    public void Add(ReadOnlySpan<byte> text)
    {
        _count++;
        if (!Is(text))
        {
            return;
        }

        string shown = Encoding.UTF8.GetString(text);
        string unit = shown[(shown.AsSpan().LastIndexOfAnyInRange('0', '9') + 1)..].Trim();
        Unit = Count == 0 || unit == Unit ? unit : "";
        Count++;
        if (_all.Count > ManyOfNames)
        {
            return;
        }

        string numbers = NoDigits().Replace(shown, " ").Trim();
        _all.Add(numbers);
        if (!NameWithNumber().IsMatch(shown))
        {
            _quantities.Add(numbers);
        }
    }

    // A digit behind a sign, or behind a short word and a sign, such as US$ or Rs., but not behind a letter as in C85.
    [GeneratedRegex(
        """^(?:[^\p{L}0-9#]{0,3}|(?:\p{L}{1,3}|approx|about|ca)[^\p{L}0-9#_/-]{1,3})[0-9]""",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NumberInFront();

    // <18, 65+, 18-25, $50 - $75, 18 to 25, 65 and over, 1st class, 1.2.3.
    [GeneratedRegex(
        """
        [<>≤≥+=]|[0-9]\s*[-–—]\s*[^\w\s]?[0-9]|[0-9](?:st|nd|rd|th)\b
        |\b(?:to|and|or|over|under|more|less|than|plus|above|below|up)\b|^[0-9]+(?:\.[0-9]+){2,}$
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex NameWithNumber();

    [GeneratedRegex("[^0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NoDigits();
}
