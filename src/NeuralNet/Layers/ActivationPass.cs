using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// An activation over a batch, shared between threads by samples and done in blocks of samples that stay in the
/// first-level cache while the bias is added to them. As an activation treats samples independently, neither changes a
/// bit.
/// </summary>
internal static unsafe class ActivationPass
{
    /// <summary>Numbers per block: a quarter of the first-level cache in float, so that z and a fit.</summary>
    private const int BlockLength = 1 << 12;

    /// <summary>z = z + b, a = σ(z), without b if it is empty. z may be the memory of a.</summary>
    public static void Forward<T>(
        IActivation activation, ReadOnlySpan<T> biases, MatrixSpan<T> z, MatrixSpan<T> a, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* bias = biases, input = z.Values, output = a.Values)
        {
            Forward(activation, bias, input, output, z.Rows, z.Columns, team);
        }
    }

    /// <summary>a = σ(z).</summary>
    public static void Forward<T>(IActivation activation, ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* input = z.Values, output = a.Values)
        {
            Forward(activation, null, input, output, z.Rows, z.Columns, team);
        }
    }

    /// <summary>
    /// δ = ∂L/∂z from ∂L/∂a, possibly in the same memory. z is empty where the activation does not read it.
    /// </summary>
    public static void Backward<T>(
        IActivation activation,
        ReadOnlyMatrixSpan<T> z,
        ReadOnlyMatrixSpan<T> a,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> delta,
        ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Partition shares = team.Shares(a.Columns, a.Values.Length);
        fixed (T* input = z.Values, output = a.Values, gradient = outputGradient.Values, result = delta.Values)
        {
            team.Run(new BackwardJob<T>(activation, input, output, gradient, result, a.Rows, shares), shares.Parts);
        }
    }

    private static void Forward<T>(
        IActivation activation, T* biases, T* z, T* a, int rows, int columns, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Partition shares = team.Shares(columns, (long)rows * columns);
        team.Run(new ForwardJob<T>(activation, biases, z, a, rows, shares), shares.Parts);
    }

    private static Partition Blocks(int rows, int columns) =>
        Partition.OfAtMost(Math.Max(1, BlockLength / rows), columns);

    private readonly struct ForwardJob<T>(IActivation activation, T* biases, T* z, T* a, int rows, Partition shares)
        : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part)
        {
            Partition blocks = Blocks(rows, shares.Size(part));
            for (int block = 0; block < blocks.Parts; block++)
            {
                nint start = (nint)(shares.Start(part) + blocks.Start(block)) * rows;
                int columns = blocks.Size(block);
                var input = new MatrixSpan<T>(new Span<T>(z + start, rows * columns), rows, columns);
                if (biases != null)
                {
                    Columns.Add(new ReadOnlySpan<T>(biases, rows), input);
                }

                activation.Forward<T>(input, new(new Span<T>(a + start, rows * columns), rows, columns));
            }
        }
    }

    private readonly struct BackwardJob<T>(
        IActivation activation, T* z, T* a, T* outputGradient, T* delta, int rows, Partition shares) : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part)
        {
            int columns = shares.Size(part);
            int length = rows * columns;
            nint start = (nint)shares.Start(part) * rows;
            activation.Backward(
                z == null ? default : new ReadOnlyMatrixSpan<T>(new ReadOnlySpan<T>(z + start, length), rows, columns),
                new ReadOnlyMatrixSpan<T>(new ReadOnlySpan<T>(a + start, length), rows, columns),
                new ReadOnlyMatrixSpan<T>(new ReadOnlySpan<T>(outputGradient + start, length), rows, columns),
                new MatrixSpan<T>(new Span<T>(delta + start, length), rows, columns));
        }
    }
}
