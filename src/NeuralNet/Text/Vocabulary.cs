using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;

namespace NeuralNet.Text;

/// <summary>
/// The symbols of which texts are made, characters or words, and their numbers: it turns a text into the numbers that
/// an embedding takes, and numbers back into text. <see cref="CharacterVocabulary"/> and <see cref="WordVocabulary"/>
/// are fitted to training text.
/// </summary>
/// <remarks>
/// The number 0 is the padding behind the end of short texts. Where there is an unknown symbol, its number is 1, and it
/// stands for every symbol that is not in the vocabulary; without it, such a text is refused. The symbols follow. So do
/// Keras's <c>TextVectorization</c> and <c>StringLookup</c>.
/// </remarks>
public abstract class Vocabulary
{
    /// <summary>The number behind the end of a text that is shorter than others: it stands for no symbol.</summary>
    public const int Padding = 0;

    /// <summary>What <see cref="Decode"/> writes for the unknown symbol: the replacement character U+FFFD, �.</summary>
    public const string UnknownText = "\uFFFD";

    private readonly string[] _symbols;

    private protected Vocabulary(IReadOnlyList<string> symbols, bool hasUnknown)
    {
        ArgumentNullException.ThrowIfNull(symbols);
        _symbols = [.. symbols];
        if (_symbols.Length == 0)
        {
            throw new ArgumentException("There must be at least one symbol, but there is none.", nameof(symbols));
        }

        var numbers = new Dictionary<string, int>(_symbols.Length, StringComparer.Ordinal);
        for (int i = 0; i < _symbols.Length; i++)
        {
            if (string.IsNullOrEmpty(_symbols[i]) || !numbers.TryAdd(_symbols[i], i))
            {
                throw new ArgumentException(
                    string.IsNullOrEmpty(_symbols[i])
                        ? $"Symbol {i} is empty."
                        : $"The symbol {MessageText.Quoted(_symbols[i])} occurs twice, as symbol "
                        + $"{numbers[_symbols[i]]} and {i}; every symbol has one number.",
                    nameof(symbols));
            }
        }

        Unknown = hasUnknown ? 1 : null;
        Symbols = Array.AsReadOnly(_symbols);
    }

    /// <summary>The symbols in the order of their numbers, without the padding and the unknown symbol.</summary>
    public IReadOnlyList<string> Symbols { get; }

    /// <summary>The number of the unknown symbol; null if there is none, and unknown symbols are refused.</summary>
    public int? Unknown { get; }

    /// <summary>
    /// Number of numbers, the padding and the unknown symbol among them: the categories of an embedding, and the
    /// classes of a network that predicts the next symbol.
    /// </summary>
    public int Count => First + _symbols.Length;

    /// <summary>The number of the first symbol.</summary>
    internal int First => Unknown is null ? 1 : 2;

    /// <summary>Turns a text into numbers.</summary>
    /// <param name="text">The text.</param>
    /// <returns>A number per symbol; none for an empty text.</returns>
    /// <exception cref="ArgumentException">
    /// A symbol is not in the vocabulary, which has no unknown symbol, or the text is no valid UTF-16.
    /// </exception>
    public int[] Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var numbers = new List<int>();
        Encode(text, int.MaxValue, numbers);
        return [.. numbers];
    }

    /// <summary>
    /// Turns texts into columns of one length: the beginning of a longer text is kept, and a shorter one has
    /// <see cref="Padding"/> behind its end.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="texts">The texts, at least one.</param>
    /// <param name="steps">Number of symbols of each.</param>
    /// <returns>The numbers, steps × texts, with the length of each text.</returns>
    /// <exception cref="ArgumentException">
    /// There is no text, one is null or no valid UTF-16, or it has a symbol that is not in the vocabulary, which has no
    /// unknown symbol.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// There is no step, or no array holds that many numbers.
    /// </exception>
    public EncodedTexts<T> Encode<T>(IReadOnlyList<string> texts, int steps)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        ArgumentNullException.ThrowIfNull(texts);
        Require.AtLeast(steps, 1);
        if (texts.Count == 0)
        {
            throw new ArgumentException("There must be at least one text, but there is none.", nameof(texts));
        }

        T[] values = new T[ElementCount.Of(steps, texts.Count, "The numbers of the texts")];
        int[] lengths = new int[texts.Count];
        var numbers = new List<int>();
        for (int i = 0; i < lengths.Length; i++)
        {
            numbers.Clear();
            try
            {
                Encode(texts[i] ?? throw new ArgumentException("It is null."), steps, numbers);
            }
            catch (ArgumentException exception)
            {
                throw new ArgumentException(
                    $"Text {i} cannot be encoded: {MessageText.Reason(exception)}.", nameof(texts), exception);
            }

            lengths[i] = numbers.Count;
            for (int t = 0; t < numbers.Count; t++)
            {
                values[(i * steps) + t] = T.CreateChecked(numbers[t]);
            }
        }

        return new(Matrix<T>.Build.Dense(steps, texts.Count, values), lengths);
    }

    /// <summary>Turns numbers back into text. Padding is left out, the unknown symbol becomes �.</summary>
    /// <param name="numbers">The numbers, each from 0 to <see cref="Count"/> − 1.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentException">A number is none of the vocabulary's.</exception>
    public string Decode(ReadOnlySpan<int> numbers)
    {
        var parts = new List<string>(numbers.Length);
        for (int i = 0; i < numbers.Length; i++)
        {
            if ((uint)numbers[i] >= (uint)Count)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The number {numbers[i]} at place {i} is none of this vocabulary, whose numbers go from 0 to "
                        + $"{Count - 1}."),
                    nameof(numbers));
            }

            if (numbers[i] != Padding)
            {
                parts.Add(numbers[i] == Unknown ? UnknownText : _symbols[numbers[i] - First]);
            }
        }

        return Join(parts);
    }

    /// <summary>How many symbols there are, and the first of them.</summary>
    /// <returns>For example <c>43 symbols: 'the', 'of', 'and', …</c>.</returns>
    public override string ToString() =>
        $"{Quantity.Of(_symbols.Length, "symbol")}: {MessageText.Listed(_symbols.Select(symbol => $"'{symbol}'"))}";

    /// <summary>Adds the numbers of the first symbols of a text to a list.</summary>
    private protected abstract void Encode(string text, int most, List<int> numbers);

    /// <summary>Puts symbols one behind the other.</summary>
    private protected abstract string Join(IReadOnlyList<string> symbols);

    /// <summary>The number of what is not in the vocabulary.</summary>
    /// <exception cref="ArgumentException">There is no unknown symbol.</exception>
    private protected int UnknownOrRefuse(string text, int place, int length) =>
        Unknown ?? throw new ArgumentException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The symbol {MessageText.Quoted(text.Substring(place, length))} at place {place} of the text is none "
                + $"of the {Symbols.Count} in the vocabulary. Fit the vocabulary with hasUnknown: true, or to text "
                + $"that has it."),
            nameof(text));
}
