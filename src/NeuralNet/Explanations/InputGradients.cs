using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Explanations;

/// <summary>∂output/∂input of a network's predictions at many samples, in blocks.</summary>
internal sealed class InputGradients<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Of very wide layers, fewer samples go together.
    private const int MostSamples = 256;
    private const int MostNumbers = 1 << 22;

    private readonly BackpropagationEngine<T> _engine;
    private readonly Gradients<T> _gradients;
    private readonly int _output;

    /// <summary>Makes the memory for it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    public InputGradients(Network<T> network, int output, int threads)
    {
        if (output < 0 || output >= network.OutputSize)
        {
            throw new ArgumentOutOfRangeException(
                nameof(output),
                output,
                $"The network gives {Quantity.Of(network.OutputSize, "output")}, counted from 0, but output {output} "
                + "was asked for.");
        }

        _engine = new(network, threads: threads);
        _gradients = Gradients.For(network);
        _output = output;
    }

    /// <summary>The most samples of one block.</summary>
    public int BlockSize => Math.Clamp(MostNumbers / _engine.Network.InputSize, 1, MostSamples);

    /// <summary>Computes the gradient of any number of samples.</summary>
    /// <exception cref="InvalidOperationException">A derivative is not finite.</exception>
    public void Compute(ReadOnlyMatrixSpan<T> inputs, MatrixSpan<T> gradient)
    {
        for (int start = 0; start < inputs.Columns; start += BlockSize)
        {
            int count = Math.Min(BlockSize, inputs.Columns - start);
            _engine.Forward(inputs.ColumnRange(start, count), isTraining: false);
            Matrix<T> outputGradient = Matrix<T>.Build.Dense(_engine.Network.OutputSize, count);
            for (int j = 0; j < count; j++)
            {
                outputGradient[_output, j] = T.One;
            }

            int rows = inputs.Rows;
            _engine.Backward(
                outputGradient,
                _gradients,
                new MatrixSpan<T>(gradient.Values.Slice(start * rows, count * rows), rows, count));
        }

        int bad = Kernels.Finite.All<T>(gradient.Values) ? -1 : IndexOfNonFinite(gradient.Values);
        if (bad >= 0)
        {
            throw new InvalidOperationException(
                $"The derivative of output {_output} by input {bad % inputs.Rows} is not finite, at sample "
                + $"{bad / inputs.Rows}: look for inputs or parameters that are not, or that overflow.");
        }
    }

    private static int IndexOfNonFinite(ReadOnlySpan<T> values)
    {
        int i = 0;
        while (T.IsFinite(values[i]))
        {
            i++;
        }

        return i;
    }
}
