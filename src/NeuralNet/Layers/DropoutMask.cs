using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;
using NeuralNet.Randomness;

namespace NeuralNet.Layers;

/// <summary>The factors of dropout: 0 with probability p, else 1/(1 − p).</summary>
/// <remarks>
/// A factor follows from the stream and its place alone, so the number of threads that share the places changes no bit.
/// </remarks>
internal static unsafe class DropoutMask
{
    // Each draw of 64 bits decides on two numbers, the lower half on the first.
    private const int FactorsPerDraw = 2;
    private const int FactorsPerBlock = 512;

    /// <summary>Draws the factors.</summary>
    /// <param name="mask">The factors, to be overwritten.</param>
    /// <param name="rate">p.</param>
    /// <param name="random">The random numbers of the layer in this step.</param>
    public static void Draw<T>(Span<T> mask, double rate, RandomStream random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* factors = mask)
        {
            for (int block = 0; block < Blocks(mask.Length); block++)
            {
                int first = block * FactorsPerBlock;
                DrawBlock(factors + first, first, Math.Min(FactorsPerBlock, mask.Length - first), rate, random);
            }
        }
    }

    /// <summary>Draws the factors and multiplies by them: output = mask ⊙ input.</summary>
    public static void Apply<T>(
        ReadOnlySpan<T> input, Span<T> mask, Span<T> output, double rate, RandomStream random, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Elementwise.RequireSameLength(input.Length, mask.Length);
        Elementwise.RequireSameLength(output.Length, mask.Length);
        fixed (T* x = input, factors = mask, y = output)
        {
            Run<T>(new(x, factors, y, mask.Length, rate, random), team);
        }
    }

    /// <summary>Multiplies by factors that are drawn already: output = mask ⊙ input.</summary>
    public static void Multiply<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> mask, Span<T> output, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Elementwise.RequireSameLength(input.Length, mask.Length);
        Elementwise.RequireSameLength(output.Length, mask.Length);
        fixed (T* x = input, factors = mask, y = output)
        {
            Run<T>(new(x, factors, y, mask.Length, rate: 0, random: null), team);
        }
    }

    private static int Blocks(int length) => (int)(((long)length + FactorsPerBlock - 1) / FactorsPerBlock);

    private static void Run<T>(Operands<T> operands, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int blocks = Blocks(operands.Length);
        Partition shares = team.Shares(blocks, operands.Length);
        team.Run(new Job<T>(operands, shares), shares.Parts);
    }

    /// <summary>Draws the factors of a block.</summary>
    /// <param name="mask">The first of them.</param>
    /// <param name="first">The place of the first among all, an even number.</param>
    /// <param name="count">Their number, at most that of a block.</param>
    /// <param name="rate">p.</param>
    /// <param name="random">The random numbers of the layer in this step.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DrawBlock<T>(T* mask, int first, int count, double rate, RandomStream random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<ulong> draws = stackalloc ulong[FactorsPerBlock / FactorsPerDraw];
        random.Fill(first / FactorsPerDraw, draws[..((count + 1) / FactorsPerDraw)]);
        uint* numbers = stackalloc uint[FactorsPerBlock];
        for (int i = 0; i < (count + 1) / FactorsPerDraw; i++)
        {
            numbers[FactorsPerDraw * i] = (uint)draws[i];
            numbers[(FactorsPerDraw * i) + 1] = (uint)(draws[i] >> 32);
        }

        uint threshold = (uint)(rate * (1L << 32));
        T kept = T.CreateChecked(1 / (1 - rate));
        int j = 0;
        if (typeof(T) == typeof(float))
        {
            var factor = new Vector<float>(float.CreateTruncating(kept));
            for (; j <= count - Vector<uint>.Count; j += Vector<uint>.Count)
            {
                Vector<uint> isKept = Vector.GreaterThanOrEqual(Vector.Load(numbers + j), new Vector<uint>(threshold));
                (isKept.As<uint, float>() & factor).Store((float*)mask + j);
            }
        }

        for (; j < count; j++)
        {
            mask[j] = numbers[j] < threshold ? T.Zero : kept;
        }
    }

    private readonly struct Operands<T>(T* input, T* mask, T* output, int length, double rate, RandomStream? random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public int Length => length;

        public void Execute(int first, int count)
        {
            if (random is { } stream)
            {
                DrawBlock(mask + first, first, count, rate, stream);
            }

            TensorPrimitives.Multiply(
                new ReadOnlySpan<T>(input + first, count),
                new ReadOnlySpan<T>(mask + first, count),
                new Span<T>(output + first, count));
        }
    }

    private readonly struct Job<T>(Operands<T> operands, Partition shares) : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part)
        {
            for (int block = shares.Start(part); block < shares.Start(part + 1); block++)
            {
                int first = block * FactorsPerBlock;
                operands.Execute(first, Math.Min(FactorsPerBlock, operands.Length - first));
            }
        }
    }
}
