using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Tests.Serialization;

/// <summary>A layer of one's own with a layer within: aᵢ = factor·gᵢ·F(x)ᵢ.</summary>
internal sealed class Gain<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Parameter<T> _gain;

    public Gain(double factor, Layer<T> inner)
        : base("gain", inner.InputShape, inner.OutputShape)
    {
        Factor = factor;
        _gain = AddParameter("gain", [inner.OutputSize], new Normal(0, 1));
        AddChild(inner);
    }

    public double Factor { get; }

    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        context.ForwardChild(0, input, output);
        for (int j = 0; j < output.Columns; j++)
        {
            for (int i = 0; i < output.Rows; i++)
            {
                output[i, j] *= T.CreateChecked(Factor) * _gain.Values[i];
            }
        }
    }

    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context) => throw new NotSupportedException();
}
