using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>
/// Sine and cosine of 2πcx for each feature x and each of its frequencies c, and the gradients. Threads share the
/// samples or, where sums run over samples, the features; so their number changes no bit.
/// </summary>
internal static unsafe class Waves
{
    /// <summary>Computes the waves: of each feature the sines of all frequencies, then the cosines.</summary>
    public static void Forward<T>(
        ReadOnlyMatrixSpan<T> input, ReadOnlyMatrixSpan<T> frequencies, MatrixSpan<T> output, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Partition shares = team.Shares(input.Columns, output.Values.Length);
        fixed (T* x = input.Values, c = frequencies.Values, y = output.Values)
        {
            team.Run(new ForwardJob<T>(x, c, y, input.Rows, frequencies.Rows, shares), shares.Parts);
        }
    }

    /// <summary>Computes the gradients of the frequencies and, where there is room for it, of the input.</summary>
    public static void Backward<T>(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> frequencies,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> frequencyGradient,
        MatrixSpan<T> inputGradient,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Partition shares = team.Shares(input.Rows, output.Values.Length);
        fixed (T* x = input.Values, c = frequencies.Values, y = output.Values)
        fixed (T* above = outputGradient.Values, sums = frequencyGradient.Values, below = inputGradient.Values)
        {
            team.Run(
                new BackwardJob<T>(x, c, y, above, sums, below, input.Rows, input.Columns, frequencies.Rows, shares),
                shares.Parts);
        }
    }

    private readonly struct ForwardJob<T>(T* x, T* c, T* y, int features, int count, Partition shares) : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part)
        {
            var two = T.CreateChecked(2);
            for (int sample = shares.Start(part); sample < shares.Start(part + 1); sample++)
            {
                for (int i = 0; i < features; i++)
                {
                    nint at = ((nint)sample * features) + i;
                    var sines = new Span<T>(y + (at * 2 * count), count);
                    var cosines = new Span<T>(y + (at * 2 * count) + count, count);
                    TensorPrimitives.Multiply(new ReadOnlySpan<T>(c + ((nint)i * count), count), two * x[at], cosines);
                    for (int k = 0; k < count; k++)
                    {
                        // Not in vectors by the runtime's library: the bits of its waves depend on how far the runtime
                        // has optimized it by then.
                        (sines[k], cosines[k]) = T.SinCosPi(cosines[k]);
                    }
                }
            }
        }
    }

    private readonly struct BackwardJob<T>(
        T* x,
        T* c,
        T* y,
        T* outputGradient,
        T* frequencyGradient,
        T* inputGradient,
        int features,
        int samples,
        int count,
        Partition shares) : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part)
        {
            T turn = T.CreateChecked(2) * T.Pi;
            for (int i = shares.Start(part); i < shares.Start(part + 1); i++)
            {
                var frequencies = new ReadOnlySpan<T>(c + ((nint)i * count), count);
                var sums = new Span<T>(frequencyGradient + ((nint)i * count), count);
                sums.Clear();
                for (int sample = 0; sample < samples; sample++)
                {
                    nint at = ((nint)sample * features) + i;

                    // In the memory of the gradient of the sines: ∂L/∂(2πcx) = cos · ∂L/∂sin − sin · ∂L/∂cos.
                    var phase = new Span<T>(outputGradient + (at * 2 * count), count);
                    var ofCosines = new Span<T>(outputGradient + (at * 2 * count) + count, count);
                    var sines = new ReadOnlySpan<T>(y + (at * 2 * count), count);
                    var cosines = new ReadOnlySpan<T>(y + (at * 2 * count) + count, count);
                    TensorPrimitives.Multiply(phase, cosines, phase);
                    TensorPrimitives.Multiply(ofCosines, sines, ofCosines);
                    TensorPrimitives.Subtract(phase, ofCosines, phase);
                    TensorPrimitives.MultiplyAdd(phase, turn * x[at], sums, sums);
                    if (inputGradient != null)
                    {
                        inputGradient[at] = turn * LaneSums.Dot<T>(phase, frequencies);
                    }
                }
            }
        }
    }
}
