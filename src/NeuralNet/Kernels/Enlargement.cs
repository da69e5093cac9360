using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Kernels;

/// <summary>
/// The two passes of an enlargement of images, channels last. Threads share the samples, which are independent, so
/// their number changes no bit.
/// </summary>
internal static unsafe class Enlargement
{
    /// <summary>Computes the enlarged images.</summary>
    /// <param name="rows">The axis of the rows.</param>
    /// <param name="columns">The axis of the columns.</param>
    /// <param name="channels">Elements of a pixel.</param>
    /// <param name="input">The images.</param>
    /// <param name="output">The result.</param>
    /// <param name="team">The threads that share the work.</param>
    public static void Forward<T>(
        EnlargedAxis rows,
        EnlargedAxis columns,
        int channels,
        ReadOnlyMatrixSpan<T> input,
        MatrixSpan<T> output,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        output.Values.Clear();
        fixed (T* image = input.Values, enlarged = output.Values)
        {
            Run(new Job<T>(rows, columns, channels, image, enlarged, isTransposed: false), output, team);
        }
    }

    /// <summary>Computes the gradient of the images, the transpose of the forward pass.</summary>
    /// <param name="rows">The axis of the rows.</param>
    /// <param name="columns">The axis of the columns.</param>
    /// <param name="channels">Elements of a pixel.</param>
    /// <param name="outputGradient">The gradient of the enlarged images.</param>
    /// <param name="inputGradient">The result.</param>
    /// <param name="team">The threads that share the work.</param>
    public static void Backward<T>(
        EnlargedAxis rows,
        EnlargedAxis columns,
        int channels,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        inputGradient.Values.Clear();
        fixed (T* enlarged = outputGradient.Values, image = inputGradient.Values)
        {
            Run(new Job<T>(rows, columns, channels, image, enlarged, isTransposed: true), outputGradient, team);
        }
    }

    private static void Run<T>(Job<T> job, ReadOnlyMatrixSpan<T> enlarged, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Partition shares = team.Shares(enlarged.Columns, enlarged.Values.Length);
        team.Run(job with { Shares = shares }, shares.Parts);
    }

    private readonly struct Job<T>(
        EnlargedAxis rows, EnlargedAxis columns, int channels, T* image, T* enlarged, bool isTransposed)
        : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public Partition Shares { get; init; }

        public void Execute(int part)
        {
            nint imageSize = (nint)rows.Length * columns.Length * channels;
            nint enlargedSize = (nint)rows.EnlargedLength * columns.EnlargedLength * channels;
            for (int n = Shares.Start(part); n < Shares.Start(part + 1); n++)
            {
                AddSample(image + (n * imageSize), enlarged + (n * enlargedSize));
            }
        }

        private void AddSample(T* from, T* to)
        {
            for (int y = 0; y < rows.EnlargedLength; y++)
            {
                (int top, int bottom, double down) = rows.At(y);
                T* above = from + ((nint)top * columns.Length * channels);
                T* below = from + ((nint)bottom * columns.Length * channels);
                for (int x = 0; x < columns.EnlargedLength; x++)
                {
                    (int left, int right, double across) = columns.At(x);
                    Add(above + ((nint)left * channels), to, (1 - down) * (1 - across));
                    Add(above + ((nint)right * channels), to, (1 - down) * across);
                    Add(below + ((nint)left * channels), to, down * (1 - across));
                    Add(below + ((nint)right * channels), to, down * across);
                    to += channels;
                }
            }
        }

        // A pixel without weight is left out: it may be infinite.
        private void Add(T* pixel, T* enlargedPixel, double weight)
        {
            if (weight > 0)
            {
                var source = new Span<T>(isTransposed ? enlargedPixel : pixel, channels);
                var target = new Span<T>(isTransposed ? pixel : enlargedPixel, channels);
                TensorPrimitives.MultiplyAdd(source, T.CreateTruncating(weight), target, target);
            }
        }
    }
}
