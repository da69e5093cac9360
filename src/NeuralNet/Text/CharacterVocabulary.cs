using System.Buffers;
using System.Globalization;
using System.Text;
using NeuralNet.Guards;

namespace NeuralNet.Text;

/// <summary>A vocabulary whose symbols are characters.</summary>
/// <remarks>
/// A character is a Unicode scalar value (<see cref="Rune"/>): a surrogate pair is one symbol and is never split, while
/// a letter and a combining accent behind it are two. Text elements, which would join these, depend on the version of
/// Unicode, and a saved vocabulary must not. A text with half a surrogate pair is refused.
/// </remarks>
/// <example><code>
/// CharacterVocabulary vocabulary = CharacterVocabulary.Fit(text);
/// int[] numbers = vocabulary.Encode(text);    // one per character
/// </code></example>
public sealed class CharacterVocabulary : Vocabulary
{
    private readonly Dictionary<Rune, int> _numbers = [];

    /// <summary>Makes the vocabulary from its symbols.</summary>
    /// <param name="symbols">The characters in the order of their numbers, all different; at least one.</param>
    /// <param name="hasUnknown">Whether an unknown symbol stands for all other characters.</param>
    /// <exception cref="ArgumentException">
    /// There is no symbol, one occurs twice, or one is not a single character.
    /// </exception>
    public CharacterVocabulary(IReadOnlyList<string> symbols, bool hasUnknown = false)
        : base(symbols, hasUnknown)
    {
        for (int i = 0; i < Symbols.Count; i++)
        {
            string symbol = Symbols[i];
            if (Rune.DecodeFromUtf16(symbol, out Rune character, out int length) != OperationStatus.Done
                || length != symbol.Length)
            {
                throw new ArgumentException(
                    $"Symbol {i}, {MessageText.Quoted(symbol)}, is not a single character.", nameof(symbols));
            }

            _numbers.Add(character, First + i);
        }
    }

    /// <summary>Learns the characters of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="hasUnknown">
    /// Whether an unknown symbol stands for all other characters; without it, a text that has such is refused.
    /// </param>
    /// <returns>The vocabulary: each character once, in the order of the code points.</returns>
    /// <exception cref="ArgumentException">The text is empty, or no valid UTF-16.</exception>
    public static CharacterVocabulary Fit(string text, bool hasUnknown = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Fit([text], hasUnknown);
    }

    /// <summary>Learns the characters of texts.</summary>
    /// <param name="texts">The texts.</param>
    /// <param name="hasUnknown">
    /// Whether an unknown symbol stands for all other characters; without it, a text that has such is refused.
    /// </param>
    /// <returns>The vocabulary: each character once, in the order of the code points.</returns>
    /// <exception cref="ArgumentException">The texts have no character, or one is null or no valid UTF-16.</exception>
    public static CharacterVocabulary Fit(IEnumerable<string> texts, bool hasUnknown = false)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var characters = new SortedSet<Rune>();
        foreach (string text in texts)
        {
            ArgumentNullException.ThrowIfNull(text, nameof(texts));
            for (int place = 0; place < text.Length;)
            {
                Rune character = CharacterAt(text, place, nameof(texts));
                characters.Add(character);
                place += character.Utf16SequenceLength;
            }
        }

        return characters.Count > 0
            ? new([.. characters.Select(character => character.ToString())], hasUnknown)
            : throw new ArgumentException("The text has no characters.", nameof(texts));
    }

    private protected override void Encode(string text, int most, List<int> numbers)
    {
        for (int place = 0; place < text.Length && numbers.Count < most;)
        {
            Rune character = CharacterAt(text, place, nameof(text));
            int length = character.Utf16SequenceLength;
            numbers.Add(_numbers.TryGetValue(character, out int number)
                ? number
                : UnknownOrRefuse(text, place, length));
            place += length;
        }
    }

    private protected override string Join(IReadOnlyList<string> symbols) => string.Concat(symbols);

    private static Rune CharacterAt(string text, int place, string argument) =>
        Rune.TryGetRuneAt(text, place, out Rune character)
            ? character
            : throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The text has half a surrogate pair, U+{(int)text[place]:X4}, at place {place}, which is no "
                    + $"character. Read it with its own encoding, and cut it between characters only."),
                argument);
}
