using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;

namespace Consumers.Layers;

/// <summary>aᵢ = pᵢ·xᵢ² + qᵢ·xᵢ with learned p and q; a wrong factor in the derivative is there to be found.</summary>
public sealed class Quadratic : Layer<double>
{
    private readonly double _factor;
    private readonly Parameter<double> _p;
    private readonly Parameter<double> _q;

    public Quadratic(int size, double factor = 2)
        : base("quadratic", inputShape: size, outputShape: size)
    {
        _factor = factor;
        _p = AddParameter("p", [size], new Uniform(-1, 1));
        _q = AddParameter("q", [size], new Constant(1));
    }

    public override void Forward(
        ReadOnlyMatrixSpan<double> input, MatrixSpan<double> output, ForwardContext<double> context)
    {
        for (int j = 0; j < input.Columns; j++)
        {
            for (int i = 0; i < input.Rows; i++)
            {
                double x = input[i, j];
                output[i, j] = (_p.Values[i] * x * x) + (_q.Values[i] * x);
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
        Span<double> p = context.Gradient(_p).Values;
        Span<double> q = context.Gradient(_q).Values;
        p.Clear();
        q.Clear();
        for (int j = 0; j < input.Columns; j++)
        {
            for (int i = 0; i < input.Rows; i++)
            {
                double x = input[i, j];
                p[i] += outputGradient[i, j] * x * x;
                q[i] += outputGradient[i, j] * x;
                if (!inputGradient.IsEmpty)
                {
                    inputGradient[i, j] = outputGradient[i, j] * ((_factor * _p.Values[i] * x) + _q.Values[i]);
                }
            }
        }
    }
}
