using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Pipelines;
using NeuralNet.Text;

namespace NeuralNet.Serialization;

/// <summary>The vocabulary that the file of a pipeline holds beside the network.</summary>
internal static class VocabularyParts
{
    private const string Characters = "characters";
    private const string Words = "words";

    /// <summary>Writes or reads the vocabulary of a pipeline; null if it has none.</summary>
    /// <exception cref="ArgumentException">The file holds no such vocabulary.</exception>
    public static Vocabulary? Describe<T>(Settings<Pipeline<T>> s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string? kind = s.OptionalText(
            "vocabulary", p => p.Vocabulary is null ? null : p.Vocabulary is WordVocabulary ? Words : Characters);
        if (kind is null)
        {
            return null;
        }

        if (kind is not (Characters or Words))
        {
            throw new ArgumentException(
                $"its vocabulary is of the kind {MessageText.Quoted(kind)}, but there are '{Characters}' and "
                + $"'{Words}'");
        }

        IReadOnlyList<string> symbols = s.Texts("symbols", p => p.Vocabulary!.Symbols);
        bool hasUnknown = s.Flag("unknownSymbol", p => p.Vocabulary!.Unknown is not null);
        bool lowercase = kind == Words && s.Flag("lowercase", p => ((WordVocabulary)p.Vocabulary!).Lowercase);
        try
        {
            return kind == Words
                ? new WordVocabulary(symbols, lowercase, hasUnknown)
                : new CharacterVocabulary(symbols, hasUnknown);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException(
                $"its symbols are no vocabulary: {MessageText.Reason(exception)}", exception);
        }
    }
}
