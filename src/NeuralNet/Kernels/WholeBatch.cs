using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Kernels;

/// <summary>
/// Simple passes over all elements of a batch, shared between threads. As elements are independent, the number of
/// threads changes no bit.
/// </summary>
internal static unsafe class WholeBatch
{
    /// <summary>Copies all elements.</summary>
    public static void Copy<T>(ReadOnlySpan<T> source, Span<T> destination, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Elementwise.RequireSameLength(destination.Length, source.Length);
        fixed (T* x = source, result = destination)
        {
            Run<T>(new(x, null, result, source.Length, team), team);
        }
    }

    /// <summary>Computes x + y; the destination may be one of them.</summary>
    public static void Add<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> destination, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Elementwise.RequireSameLength(y.Length, x.Length);
        Elementwise.RequireSameLength(destination.Length, x.Length);
        fixed (T* left = x, right = y, result = destination)
        {
            Run<T>(new(left, right, result, x.Length, team), team);
        }
    }

    private static void Run<T>(Job<T> job, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T> => team.Run(job, job.Parts);

    private readonly struct Job<T>(T* x, T* y, T* result, int length, ForkJoin team) : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Partition _shares = team.Shares(length, length);

        public int Parts => _shares.Parts;

        public void Execute(int part)
        {
            int start = _shares.Start(part);
            int count = _shares.Size(part);
            var source = new ReadOnlySpan<T>(x + start, count);
            var destination = new Span<T>(result + start, count);
            if (y == null)
            {
                source.CopyTo(destination);
            }
            else
            {
                TensorPrimitives.Add(source, new ReadOnlySpan<T>(y + start, count), destination);
            }
        }
    }
}
