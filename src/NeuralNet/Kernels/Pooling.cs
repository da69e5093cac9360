using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>
/// The two passes of a pooling over images. Threads share the samples, which are independent, so their number changes
/// no bit.
/// </summary>
internal static unsafe class Pooling<TOperator, T>
    where TOperator : struct, IWindowOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Computes the output.</summary>
    /// <param name="geometry">The windows.</param>
    /// <param name="countPadding">Whether an average divides by the whole window or by its places in the image.</param>
    /// <param name="input">The images.</param>
    /// <param name="output">The result.</param>
    /// <param name="team">The threads that share the work.</param>
    public static void Forward(
        PoolingGeometry geometry,
        bool countPadding,
        ReadOnlyMatrixSpan<T> input,
        MatrixSpan<T> output,
        ForkJoin team)
    {
        fixed (T* source = input.Values, target = output.Values)
        {
            Run(new(geometry, countPadding, source, null, target, null), input, team);
        }
    }

    /// <summary>Computes the gradient of the input.</summary>
    /// <param name="geometry">The windows.</param>
    /// <param name="countPadding">Whether an average divides by the whole window or by its places in the image.</param>
    /// <param name="input">The images.</param>
    /// <param name="output">The output of the forward pass.</param>
    /// <param name="outputGradient">∂L/∂output, which is overwritten.</param>
    /// <param name="inputGradient">The result.</param>
    /// <param name="team">The threads that share the work.</param>
    public static void Backward(
        PoolingGeometry geometry,
        bool countPadding,
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        ForkJoin team)
    {
        fixed (T* source = input.Values, target = output.Values)
        fixed (T* sourceGradient = inputGradient.Values, targetGradient = outputGradient.Values)
        {
            Run(new(geometry, countPadding, source, sourceGradient, target, targetGradient), input, team);
        }
    }

    private static void Run(Job job, ReadOnlyMatrixSpan<T> input, ForkJoin team)
    {
        int parts = Math.Min(input.Columns, team.PartsFor(input.Values.Length));
        team.Run(job with { Shares = new(input.Columns, Math.Max(1, parts)) }, parts);
    }

    private readonly struct Job(
        PoolingGeometry geometry, bool countPadding, T* input, T* inputGradient, T* output, T* outputGradient)
        : IParallelJob
    {
        public Partition Shares { get; init; }

        public void Execute(int part)
        {
            for (int n = Shares.Start(part); n < Shares.Start(part + 1); n++)
            {
                Pool(n);
            }
        }

        private void Pool(int sample)
        {
            nint inputStart = (nint)sample * geometry.InputSize;
            nint outputStart = (nint)sample * geometry.OutputSize;
            if (inputGradient != null)
            {
                new Span<T>(inputGradient + inputStart, geometry.InputSize).Clear();
            }

            int channels = geometry.Channels;
            int rowStep = geometry.Columns.Length * channels;
            int whole = geometry.Rows.Kernel * geometry.Columns.Kernel;
            for (int y = 0; y < geometry.Rows.Windows; y++)
            {
                (int top, int bottom) = PoolingGeometry.Places(geometry.Rows, y);
                for (int x = 0; x < geometry.Columns.Windows; x++)
                {
                    (int left, int right) = PoolingGeometry.Places(geometry.Columns, x);
                    int height = bottom - top;
                    int width = right - left;
                    int divisor = countPadding ? whole : height * width;
                    nint at = inputStart + ((nint)top * rowStep) + (left * channels);
                    var window = new PixelWindow<T>(input + at, height, width, rowStep, channels, divisor);
                    if (inputGradient == null)
                    {
                        TOperator.Forward(window, output + outputStart);
                    }
                    else
                    {
                        TOperator.Backward(
                            window,
                            new(inputGradient + at, height, width, rowStep, channels, divisor),
                            output + outputStart,
                            outputGradient + outputStart);
                    }

                    outputStart += channels;
                }
            }
        }
    }
}
