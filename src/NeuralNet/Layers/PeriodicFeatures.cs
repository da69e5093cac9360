using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Initializers;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Waves of each number: of feature xᵢ with the frequencies cᵢ₁ … cᵢₖ, which are learned, the features sin 2πcᵢⱼxᵢ and
/// then cos 2πcᵢⱼxᵢ for each j.
/// </summary>
/// <remarks>
/// <para>
/// A network then sees what repeats, and what changes within a small part of a number's range, which it hardly learns
/// from the number itself. ∂L/∂cᵢⱼ = 2πxᵢ·(cos 2πcᵢⱼxᵢ · ∂L/∂sinᵢⱼ − sin 2πcᵢⱼxᵢ · ∂L/∂cosᵢⱼ), summed over the batch,
/// and ∂L/∂xᵢ is the same with cᵢⱼ in place of xᵢ, summed over j.
/// </para>
/// <para>
/// Gorishniy, Rubachev and Babenko, "On embeddings for numerical features in tabular deep learning" (2022), section
/// 3.3. Standardize the features before; a dense layer behind it mixes the waves.
/// </para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class PeriodicFeatures<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">Shape of the input: numbers.</param>
    /// <param name="frequencies">k, the number of frequencies of each number.</param>
    /// <param name="deviation">
    /// Standard deviation of the initial frequencies, whose mean is 0: the larger, the finer the waves; above 0.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A number is out of its range, or the output has more elements than can be counted.
    /// </exception>
    public PeriodicFeatures(FeatureShape inputShape, int frequencies, double deviation = 0.1)
        : base("periodicFeatures", inputShape, OutputShapeOf(inputShape, frequencies))
    {
        Deviation = Require.Positive(deviation);
        Frequencies = AddParameter(
            "frequencies", [frequencies, inputShape.Size], new Normal(0, deviation), fanIn: 1, fanOut: frequencies);
    }

    /// <summary>The frequencies, k × features: column i holds those of feature i.</summary>
    public Parameter<T> Frequencies { get; }

    /// <summary>Standard deviation of the initial frequencies.</summary>
    public double Deviation { get; }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context) =>
        Waves.Forward(input, Frequencies.View, output, context.Team);

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context) =>
        Waves.Backward(
            input,
            Frequencies.View,
            output,
            outputGradient,
            context.Gradient(Frequencies),
            inputGradient,
            context.Team);

    private static FeatureShape OutputShapeOf(FeatureShape inputShape, int frequencies)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Require.AtLeast(frequencies, 1);
        ElementCount.Of(2 * frequencies, inputShape.Size, "The output of a layer of waves");
        return inputShape.Size == 1 ? 2 * frequencies : new FeatureShape(inputShape.Size, 2 * frequencies);
    }
}
