using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Onnx.Tests.Export;

/// <summary>aᵢ = gᵢ·xᵢ: a layer of someone else's.</summary>
internal sealed class Gain<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Parameter<T> _gain;

    public Gain(int size)
        : base("gain", size, size) => _gain = AddParameter("gain", [size], new One());

    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        for (int j = 0; j < input.Columns; j++)
        {
            for (int i = 0; i < input.Rows; i++)
            {
                output[i, j] = _gain.Values[i] * input[i, j];
            }
        }
    }

    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context) => throw new NotSupportedException("This one only predicts.");
}
