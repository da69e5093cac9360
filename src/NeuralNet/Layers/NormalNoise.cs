using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.Randomness;

namespace NeuralNet.Layers;

/// <summary>Numbers of the standard normal distribution, by the transform of Box and Muller.</summary>
/// <remarks>
/// A number follows from the stream and its place alone, so the number of threads that share the places changes no bit.
/// Of uniform u and v, √(−2·log u)·cos 2πv and √(−2·log u)·sin 2πv are two such numbers, independent of each other.
/// </remarks>
internal static unsafe class NormalNoise
{
    private const int Pairs = 256;
    private const int NumbersPerBlock = 2 * Pairs;

    /// <summary>Adds the numbers, times a deviation: output = input + σ·ε.</summary>
    public static void Add<T>(
        ReadOnlySpan<T> input, Span<T> output, double deviation, RandomStream random, ForkJoin team)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Elementwise.RequireSameLength(output.Length, input.Length);
        int blocks = (int)(((long)input.Length + NumbersPerBlock - 1) / NumbersPerBlock);
        Partition shares = team.Shares(blocks, input.Length);
        fixed (T* x = input, y = output)
        {
            team.Run(new Job<T>(x, y, input.Length, deviation, random, shares), shares.Parts);
        }
    }

    // One by one: the bits of the vector library's sines and cosines depend on how far the runtime has optimized it.
    private static void DrawBlock(int block, Span<double> numbers, RandomStream random)
    {
        Span<ulong> bits = stackalloc ulong[NumbersPerBlock];
        random.Fill((long)block * NumbersPerBlock, bits);
        for (int i = 0; i < Pairs; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - Uniform(bits[i])));
            (double sine, double cosine) = double.SinCosPi(2 * Uniform(bits[Pairs + i]));
            numbers[i] = radius * cosine;
            numbers[Pairs + i] = radius * sine;
        }
    }

    private static double Uniform(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    private readonly struct Job<T>(
        T* input, T* output, int length, double deviation, RandomStream random, Partition shares) : IParallelJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part)
        {
            Span<double> numbers = stackalloc double[NumbersPerBlock];
            for (int block = shares.Start(part); block < shares.Start(part + 1); block++)
            {
                DrawBlock(block, numbers, random);
                int first = block * NumbersPerBlock;
                int count = Math.Min(NumbersPerBlock, length - first);
                for (int i = 0; i < count; i++)
                {
                    output[first + i] = input[first + i] + T.CreateTruncating(deviation * numbers[i]);
                }
            }
        }
    }
}
