using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Puts the axes of a shape in another order, as from (channels, height, width) to (height, width, channels). ∂L/∂x is
/// ∂L/∂a with the axes in their old order.
/// </summary>
/// <remarks>
/// It stands where data from channels-first programs go into convolutions, which take the channels last. NumPy and
/// PyTorch call it transpose and permute; Keras' <c>Permute</c> counts the axes from 1.
/// </remarks>
/// <example><code>
/// Network.Create&lt;float&gt;(new FeatureShape(3, 32, 32), seed: 1).Permute(1, 2, 0).Convolution(16, kernelSize: 3)
/// </code></example>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Permute<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AxisPermutation _permutation;

    /// <summary>Makes the layer.</summary>
    /// <param name="inputShape">Shape of the input.</param>
    /// <param name="axes">The axes of the input in the order of the output, counted from 0.</param>
    /// <exception cref="ArgumentException">Not every axis of the input is named once.</exception>
    public Permute(FeatureShape inputShape, params IReadOnlyList<int> axes)
        : base("permute", inputShape, Permuted(inputShape, axes))
    {
        Axes = [.. axes];
        _permutation = new(inputShape.Dimensions, Axes);
    }

    /// <summary>The axes of the input in the order of the output, counted from 0.</summary>
    public IReadOnlyList<int> Axes { get; }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        for (int j = 0; j < input.Columns; j++)
        {
            _permutation.Apply(input.Column(j), output.Column(j));
        }
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        for (int j = 0; j < inputGradient.Columns; j++)
        {
            _permutation.Invert<T>(outputGradient.Column(j), inputGradient.Column(j));
        }
    }

    private static FeatureShape Permuted(FeatureShape inputShape, IReadOnlyList<int> axes)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        ArgumentNullException.ThrowIfNull(axes);
        return axes.Order().SequenceEqual(Enumerable.Range(0, inputShape.Rank))
            ? new([.. axes.Select(axis => inputShape[axis])])
            : throw new ArgumentException(
                $"The axes must name each of the {inputShape.Rank} axes of an input of {inputShape} once, counted from "
                + $"0, but they are [{string.Join(", ", axes.Take(FeatureShape.MaxRank + 1))}].",
                nameof(axes));
    }
}
