using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>
/// aᵢ = gᵢ·xᵢ with a learned gain per feature; ∂L/∂gᵢ = Σ over the batch of ∂L/∂aᵢ·xᵢ, ∂L/∂xᵢ = ∂L/∂aᵢ·gᵢ.
/// </summary>
public sealed class Scale : Layer<double>
{
    private readonly Parameter<double> _gain;

    public Scale(int size)
        : base("scale", inputShape: size, outputShape: size) => _gain = AddParameter("gain", [size], new Constant(1));

    public override void Forward(
        ReadOnlyMatrixSpan<double> input, MatrixSpan<double> output, ForwardContext<double> context)
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
        ReadOnlyMatrixSpan<double> input,
        ReadOnlyMatrixSpan<double> output,
        MatrixSpan<double> outputGradient,
        MatrixSpan<double> inputGradient,
        BackwardContext<double> context)
    {
        Span<double> gainGradient = context.Gradient(_gain).Values;
        gainGradient.Clear();
        for (int j = 0; j < input.Columns; j++)
        {
            for (int i = 0; i < input.Rows; i++)
            {
                gainGradient[i] += outputGradient[i, j] * input[i, j];
                if (!inputGradient.IsEmpty)
                {
                    inputGradient[i, j] = outputGradient[i, j] * _gain.Values[i];
                }
            }
        }
    }
}
