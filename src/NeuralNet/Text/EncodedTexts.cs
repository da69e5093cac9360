using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;

namespace NeuralNet.Text;

/// <summary>Texts as columns of numbers of one length, for a network that classifies them.</summary>
/// <typeparam name="T">float or double.</typeparam>
public sealed class EncodedTexts<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal EncodedTexts(Matrix<T> numbers, int[] lengths) =>
        (Numbers, Lengths) = (numbers, Array.AsReadOnly(lengths));

    /// <summary>
    /// Steps × texts: the numbers of the symbols of each text, <see cref="Vocabulary.Padding"/> behind its end.
    /// </summary>
    public Matrix<T> Numbers { get; }

    /// <summary>
    /// The number of symbols of each text, without padding: at most the number of steps, 0 of an empty text.
    /// </summary>
    public IReadOnlyList<int> Lengths { get; }

    /// <summary>How many there are, and of how many symbols.</summary>
    /// <returns>A text to read, not to parse.</returns>
    public override string ToString() =>
        $"{Quantity.Of(Lengths.Count, "text")} of up to {Quantity.Of(Numbers.RowCount, "symbol")}";
}
