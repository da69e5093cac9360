using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Recurrence;

/// <summary>
/// Weighs the steps of each sample by the softmax of their scores, and back, for which threads share the samples. As
/// samples are independent, the number of threads changes no bit.
/// </summary>
internal static unsafe class AttentionOverSteps
{
    /// <summary>α = softmax(s/√features), a = Σₜ αₜ·xₜ.</summary>
    /// <param name="shape">The shape of the input, (steps, features).</param>
    /// <param name="lengths">The numbers of steps of the samples; empty if all have all.</param>
    /// <param name="input">x.</param>
    /// <param name="weights">q·xₜ, steps × samples; α afterwards.</param>
    /// <param name="output">a, to be overwritten.</param>
    /// <param name="team">The threads that share the samples.</param>
    public static void Forward<T>(
        FeatureShape shape,
        ReadOnlySpan<T> lengths,
        ReadOnlyMatrixSpan<T> input,
        MatrixSpan<T> weights,
        MatrixSpan<T> output,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Partition shares = team.Shares(input.Columns, input.Values.Length);
        fixed (T* x = input.Values, alpha = weights.Values, a = output.Values, counts = lengths)
        {
            team.Run(new ForwardJob<T>(shape, counts, x, alpha, a, shares), shares.Parts);
        }
    }

    /// <summary>The gradients of the scores, (αₜ·(g·xₜ − g·a))/√features, and of the input.</summary>
    /// <param name="shape">The shape of the input, (steps, features).</param>
    /// <param name="lengths">The numbers of steps of the samples; empty if all have all.</param>
    /// <param name="input">x.</param>
    /// <param name="output">a.</param>
    /// <param name="weights">α.</param>
    /// <param name="outputGradient">g.</param>
    /// <param name="query">q.</param>
    /// <param name="scoreGradient">∂L/∂(q·xₜ), steps × samples, to be overwritten.</param>
    /// <param name="inputGradient">∂L/∂x, to be overwritten; empty if it is not needed.</param>
    /// <param name="team">The threads that share the samples.</param>
    public static void Backward<T>(
        FeatureShape shape,
        ReadOnlySpan<T> lengths,
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        ReadOnlyMatrixSpan<T> weights,
        ReadOnlyMatrixSpan<T> outputGradient,
        ReadOnlySpan<T> query,
        MatrixSpan<T> scoreGradient,
        MatrixSpan<T> inputGradient,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Partition shares = team.Shares(input.Columns, 2L * input.Values.Length);
        fixed (T* x = input.Values, a = output.Values, alpha = weights.Values, g = outputGradient.Values)
        fixed (T* q = query, ds = scoreGradient.Values, dx = inputGradient.Values, counts = lengths)
        {
            team.Run(new BackwardJob<T>(shape, counts, x, a, alpha, g, q, ds, dx, shares), shares.Parts);
        }
    }

    private static T ScaleOf<T>(int features)
        where T : unmanaged, IFloatingPointIeee754<T> => T.CreateChecked(1 / Math.Sqrt(features));

    private readonly struct ForwardJob<T>(
        FeatureShape shape, T* lengths, T* input, T* weights, T* output, Partition shares) : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part)
        {
            int features = shape.Channels;
            for (int sample = shares.Start(part); sample < shares.Start(part + 1); sample++)
            {
                int steps = lengths == null ? shape[0] : int.CreateTruncating(lengths[sample]);
                T* x = input + ((nint)sample * shape.Size);
                var alpha = new Span<T>(weights + ((nint)sample * shape[0]), steps);
                var a = new Span<T>(output + ((nint)sample * features), features);
                TensorPrimitives.Multiply(alpha, ScaleOf<T>(features), alpha);
                TensorPrimitives.Subtract(alpha, TensorPrimitives.Max<T>(alpha), alpha);
                Exponentials.Compute<T>(alpha, alpha);
                TensorPrimitives.Divide(alpha, LaneSums.Sum<T>(alpha), alpha);
                a.Clear();
                for (int t = 0; t < steps; t++)
                {
                    TensorPrimitives.MultiplyAdd(
                        new ReadOnlySpan<T>(x + ((nint)t * features), features), alpha[t], a, a);
                }
            }
        }
    }

    private readonly struct BackwardJob<T>(
        FeatureShape shape,
        T* lengths,
        T* input,
        T* output,
        T* weights,
        T* outputGradient,
        T* query,
        T* scoreGradient,
        T* inputGradient,
        Partition shares) : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part)
        {
            int features = shape.Channels;
            for (int sample = shares.Start(part); sample < shares.Start(part + 1); sample++)
            {
                int steps = lengths == null ? shape[0] : int.CreateTruncating(lengths[sample]);
                nint first = (nint)sample * shape.Size;
                var alpha = new ReadOnlySpan<T>(weights + ((nint)sample * shape[0]), steps);
                var ds = new Span<T>(scoreGradient + ((nint)sample * shape[0]), steps);
                var g = new ReadOnlySpan<T>(outputGradient + ((nint)sample * features), features);
                new Span<T>(scoreGradient + ((nint)sample * shape[0]), shape[0])[steps..].Clear();
                if (inputGradient != null)
                {
                    new Span<T>(inputGradient + first, shape.Size)[(steps * features)..].Clear();
                }

                T mean = LaneSums.Dot<T>(g, new ReadOnlySpan<T>(output + ((nint)sample * features), features));
                for (int t = 0; t < steps; t++)
                {
                    nint start = first + ((nint)t * features);
                    ds[t] = alpha[t] * (LaneSums.Dot<T>(g, new ReadOnlySpan<T>(input + start, features)) - mean)
                        * ScaleOf<T>(features);
                    if (inputGradient != null)
                    {
                        var dx = new Span<T>(inputGradient + start, features);
                        TensorPrimitives.Multiply(g, alpha[t], dx);
                        TensorPrimitives.MultiplyAdd(new ReadOnlySpan<T>(query, features), ds[t], dx, dx);
                    }
                }
            }
        }
    }
}
