using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Tests;

/// <summary>A layer of which a test needs that it is there, but not, unless overridden, what it computes.</summary>
internal abstract class UnusedLayer<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    protected UnusedLayer(
        string kind, FeatureShape inputShape, FeatureShape outputShape, IActivation? activation = null)
        : base(kind, inputShape, outputShape, activation)
    {
    }

    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context) =>
        throw new NotSupportedException();

    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context) => throw new NotSupportedException();
}
