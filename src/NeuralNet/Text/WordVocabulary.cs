using System.Text;
using NeuralNet.Guards;

namespace NeuralNet.Text;

/// <summary>A vocabulary whose symbols are words.</summary>
/// <remarks>
/// A word is a run of letters, digits and the marks that belong to them, in which an apostrophe may stand between two
/// (<c>don't</c>); every other character but white space is a word of its own, such as a comma. Decoding puts a space
/// between two words, so that the text reads, but is not the one that was encoded.
/// </remarks>
/// <example><code>
/// WordVocabulary vocabulary = WordVocabulary.Fit(reviews, most: 5_000);
/// EncodedTexts&lt;float&gt; encoded = vocabulary.Encode&lt;float&gt;(reviews, steps: 200);
/// </code></example>
public sealed class WordVocabulary : Vocabulary
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Makes the vocabulary from its words.</summary>
    /// <param name="symbols">The words in the order of their numbers, all different; at least one.</param>
    /// <param name="lowercase">Whether texts are read in lower case.</param>
    /// <param name="hasUnknown">Whether an unknown symbol stands for all other words.</param>
    /// <exception cref="ArgumentException">
    /// There is no word, one occurs twice, or one could never be read from a text.
    /// </exception>
    public WordVocabulary(IReadOnlyList<string> symbols, bool lowercase = true, bool hasUnknown = true)
        : base(symbols, hasUnknown)
    {
        Lowercase = lowercase;
        for (int i = 0; i < Symbols.Count; i++)
        {
            string symbol = Symbols[i];
            string read = Prepare(symbol);
            if (read != symbol || NextWord(symbol, 0) != (0, symbol.Length))
            {
                throw new ArgumentException(
                    $"Symbol {i}, {MessageText.Quoted(symbol)}, is no word that is ever read from a text: words are "
                    + $"runs of letters and digits, or single other characters{(lowercase ? ", in lower case" : "")}.",
                    nameof(symbols));
            }

            _numbers.Add(symbol, First + i);
        }
    }

    /// <summary>Whether texts are read in lower case, that of the invariant culture.</summary>
    public bool Lowercase { get; }

    /// <summary>Learns the most frequent words of texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="most">The most words that are taken, without the padding and the unknown symbol.</param>
    /// <param name="leastCount">How often a word must occur to be taken.</param>
    /// <param name="lowercase">Whether texts are read in lower case.</param>
    /// <param name="hasUnknown">
    /// Whether an unknown symbol stands for all other words; without it, a text that has such is refused.
    /// </param>
    /// <returns>
    /// The vocabulary: the most frequent word first, words of one frequency in ordinal order.
    /// </returns>
    /// <exception cref="ArgumentException">A text is null, or no word occurs often enough.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public static WordVocabulary Fit(
        IEnumerable<string> texts,
        int most = 10_000,
        int leastCount = 2,
        bool lowercase = true,
        bool hasUnknown = true)
    {
        ArgumentNullException.ThrowIfNull(texts);
        Require.AtLeast(most, 1);
        Require.AtLeast(leastCount, 1);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            ArgumentNullException.ThrowIfNull(text, nameof(texts));
            string read = Prepare(text, lowercase);
            for ((int start, int end) = NextWord(read, 0); end > start; (start, end) = NextWord(read, end))
            {
                string word = read[start..end];
                counts[word] = counts.GetValueOrDefault(word) + 1;
            }
        }

        string[] words =
        [
            .. counts.Where(word => word.Value >= leastCount)
                .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal)
                .Take(most).Select(word => word.Key),
        ];
        return words.Length > 0
            ? new(words, lowercase, hasUnknown)
            : throw new ArgumentException(
                $"None of {Quantity.Of(counts.Count, "different word")} of the texts occurs {leastCount} times or "
                + "more. Give more text, or a smaller leastCount.",
                nameof(texts));
    }

    private protected override void Encode(string text, int most, List<int> numbers)
    {
        string read = Prepare(text);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup =
            _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        for ((int start, int end) = NextWord(read, 0);
            end > start && numbers.Count < most;
            (start, end) = NextWord(read, end))
        {
            int length = end - start;
            numbers.Add(lookup.TryGetValue(read.AsSpan(start, length), out int number)
                ? number
                : UnknownOrRefuse(read, start, length));
        }
    }

    private protected override string Join(IReadOnlyList<string> symbols) => string.Join(' ', symbols);

    private string Prepare(string text) => Prepare(text, Lowercase);

    private static string Prepare(string text, bool lowercase) => lowercase ? text.ToLowerInvariant() : text;

    // The place of the next word, and of its end; both the length of the text where there is none.
    private static (int Start, int End) NextWord(string text, int from)
    {
        int start = from;
        while (start < text.Length && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        int end = start;
        while (PartAt(text, end) is var part and > 0)
        {
            end += part;
            if (end < text.Length && text[end] is '\'' or '’' && PartAt(text, end + 1) > 0)
            {
                end++;
            }
        }

        return end > start || start == text.Length ? (start, end) : (start, start + LengthAt(text, start));
    }

    // The length of the letter, digit or mark at a place; 0 if there is none.
    private static int PartAt(string text, int place) =>
        place < text.Length && Rune.TryGetRuneAt(text, place, out Rune character) && IsPart(character)
            ? character.Utf16SequenceLength
            : 0;

    private static bool IsPart(Rune character) => Rune.IsLetterOrDigit(character)
        || Rune.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.NonSpacingMark
            or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    // Half a surrogate pair is a symbol like any other here: an unknown one.
    private static int LengthAt(string text, int place) =>
        Rune.TryGetRuneAt(text, place, out Rune character) ? character.Utf16SequenceLength : 1;
}
