using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Networks;

namespace NeuralNet.Text;

/// <summary>Lets a network that predicts the next symbol write text.</summary>
public static class TextGeneration
{
    /// <summary>
    /// Continues a text: the network sees the last symbols, one is drawn from what it gives, and so on with that one
    /// behind the others.
    /// </summary>
    /// <remarks>
    /// The padding and the unknown symbol are never drawn. The network takes the numbers of as many symbols as it has
    /// inputs and gives the logits, or the probabilities, of the next one, or of the one behind each, of which the last
    /// counts.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="vocabulary">The symbols.</param>
    /// <param name="start">The text to continue, of at least as many symbols as the network has inputs.</param>
    /// <param name="length">Number of symbols to write.</param>
    /// <param name="sampler">Draws the symbols.</param>
    /// <returns>The text that follows the start.</returns>
    /// <example><code>
    /// string text = network.Generate(vocabulary, start, length: 300, new SymbolSampler(seed: 1, temperature: 0.7));
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The network does not give a number per symbol of the vocabulary, or numbers that are not finite, or the start is
    /// too short or has a symbol that is not in the vocabulary.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
    public static string Generate<T>(
        this Network<T> network, Vocabulary vocabulary, string start, int length, SymbolSampler sampler)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(sampler);
        Require.AtLeast(length, 0);
        bool isProbability = RequireFit(network, vocabulary);
        int steps = network.InputSize;
        int[] numbers = vocabulary.Encode(start);
        if (numbers.Length < steps)
        {
            throw new ArgumentException(
                $"The network sees {Quantity.Of(steps, "symbol")}, but the start has {numbers.Length}. Give a longer "
                + "start, such as the beginning of the training text.",
                nameof(start));
        }

        T[] inputs = [.. numbers.TakeLast(steps).Select(T.CreateChecked)];
        T[] outputs = new T[network.OutputSize];
        int[] written = new int[length];
        for (int i = 0; i < length; i++)
        {
            network.Predict(inputs, outputs);
            written[i] = Draw(outputs.AsSpan(outputs.Length - vocabulary.Count), vocabulary, isProbability, sampler);
            inputs.AsSpan(1).CopyTo(inputs);
            inputs[^1] = T.CreateChecked(written[i]);
        }

        return vocabulary.Decode(written);
    }

    private static int Draw<T>(Span<T> outputs, Vocabulary vocabulary, bool isProbability, SymbolSampler sampler)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; isProbability && i < outputs.Length; i++)
        {
            outputs[i] = T.Log(outputs[i]);
        }

        outputs[..vocabulary.First].Fill(T.NegativeInfinity);
        return sampler.Draw<T>(outputs);
    }

    private static bool RequireFit<T>(Network<T> network, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (network.OutputSize != vocabulary.Count
            && network.OutputSize != (long)vocabulary.Count * network.InputSize)
        {
            throw new ArgumentException(
                $"The network gives {Quantity.Of(network.OutputSize, "output")}, but the next of "
                + $"{vocabulary.Count} symbols needs one for each, or one for each behind each of "
                + $"{Quantity.Of(network.InputSize, "input")}.",
                nameof(network));
        }

        return network.OutputKind is OutputKind.Distribution or OutputKind.Probability;
    }
}
