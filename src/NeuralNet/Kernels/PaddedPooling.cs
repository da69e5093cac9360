using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>The mean or the maximum of each feature over the steps of sequences of different lengths.</summary>
internal static class PaddedPooling
{
    /// <summary>Pools the steps that each sequence has.</summary>
    /// <param name="kind">Mean or maximum.</param>
    /// <param name="lengths">The number of steps of each sequence.</param>
    /// <param name="input">The sequences, step after step.</param>
    /// <param name="output">The result, an element per feature.</param>
    public static void Forward<T>(
        PoolingKind kind, ReadOnlySpan<T> lengths, ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int n = 0; n < input.Columns; n++)
        {
            Span<T> pooled = output.Column(n);
            ReadOnlySpan<T> sequence = input.Column(n);
            sequence[..pooled.Length].CopyTo(pooled);
            for (int t = 1; t < int.CreateTruncating(lengths[n]); t++)
            {
                ReadOnlySpan<T> step = sequence.Slice(t * pooled.Length, pooled.Length);
                if (kind == PoolingKind.Average)
                {
                    TensorPrimitives.Add(pooled, step, pooled);
                }
                else
                {
                    TensorPrimitives.Max(pooled, step, pooled);
                }
            }

            if (kind == PoolingKind.Average)
            {
                TensorPrimitives.Divide(pooled, lengths[n], pooled);
            }
        }
    }

    /// <summary>
    /// Divides the gradient among the steps of a sequence, or gives it to the first step that holds the maximum.
    /// </summary>
    public static void Backward<T>(
        PoolingKind kind,
        ReadOnlySpan<T> lengths,
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        inputGradient.Values.Clear();
        for (int n = 0; n < inputGradient.Columns; n++)
        {
            int features = output.Rows;
            ReadOnlySpan<T> gradient = outputGradient.Column(n);
            Span<T> below = inputGradient.Column(n);
            int steps = int.CreateTruncating(lengths[n]);
            for (int t = 0; t < steps && kind == PoolingKind.Average; t++)
            {
                TensorPrimitives.Divide(gradient, lengths[n], below.Slice(t * features, features));
            }

            for (int f = 0; f < features && kind == PoolingKind.Maximum; f++)
            {
                T maximum = output[f, n];
                int t = 0;
                while (t < steps - 1 && !IsSame(input[(t * features) + f, n], maximum))
                {
                    t++;
                }

                below[(t * features) + f] = gradient[f];
            }
        }
    }

    private static bool IsSame<T>(T value, T maximum)
        where T : unmanaged, IFloatingPointIeee754<T> => value == maximum || T.IsNaN(value);
}
