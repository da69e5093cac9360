using System.Numerics;

namespace NeuralNet.Randomness;

/// <summary>
/// The name of a sequence of random numbers. Streams are derived, without state: from a seed one derives the stream of
/// a purpose, from that the stream of an epoch or a step, and so on. Equal derivations give equal numbers, at any time,
/// in any order and on any thread, so an interrupted run can resume from its counters alone.
/// </summary>
/// <example><code>
/// Random draw = RandomStream.FromSeed(42).Derive(epoch).CreateGenerator();
/// </code></example>
public readonly record struct RandomStream
{
    // 2⁶⁴ divided by the golden ratio, made odd.
    private const ulong Increment = 0x9E3779B97F4A7C15UL;

    private readonly ulong _key;

    internal RandomStream(ulong key) => _key = key;

    /// <summary>Returns the root stream of a seed.</summary>
    /// <param name="seed">Any integer.</param>
    /// <returns>The stream.</returns>
    public static RandomStream FromSeed(int seed) => new(Mix(unchecked((ulong)seed)));

    /// <summary>Derives the stream of an index from this one. Different indices give independent streams.</summary>
    /// <param name="index">An epoch, a step, a layer's position, …</param>
    /// <returns>The derived stream.</returns>
    public RandomStream Derive(long index) => new(Mix(Mix(_key) ^ unchecked((ulong)index)));

    /// <summary>
    /// Makes a generator at the start of this stream: xoshiro256**, not thread-safe. Its seed is 32 bits of the stream,
    /// so among very many streams two may give the same numbers.
    /// </summary>
    /// <returns>A new generator.</returns>
    public Random CreateGenerator() => new Xoshiro256StarStar(new RandomStream(unchecked((ulong)((long)_key >> 32))));

    /// <summary>
    /// Returns 64 random bits: number <paramref name="index"/> of the SplitMix64 sequence that this stream names.
    /// Unlike a generator, this takes no memory and can be read in any order, by several threads at once.
    /// </summary>
    /// <param name="index">Index of the number, from 0.</param>
    /// <returns>The bits.</returns>
    public ulong Bits(long index) => Mix(unchecked(_key + ((ulong)index * Increment)));

    /// <summary>Writes the numbers from index <paramref name="first"/> on, which <see cref="Bits"/> returns.</summary>
    internal void Fill(long first, Span<ulong> bits)
    {
        Vector<ulong> counters = (Vector<ulong>.Indices + new Vector<ulong>((ulong)first)) * Increment;
        counters += new Vector<ulong>(_key);
        var step = new Vector<ulong>(unchecked((ulong)Vector<ulong>.Count * Increment));
        int i = 0;
        for (; i <= bits.Length - Vector<ulong>.Count; i += Vector<ulong>.Count)
        {
            Mix(counters).CopyTo(bits[i..]);
            counters += step;
        }

        for (; i < bits.Length; i++)
        {
            bits[i] = Bits(first + i);
        }
    }

    /// <summary>Returns a random number in [0, 1): the 53 upper bits of number <paramref name="index"/>.</summary>
    internal double Uniform(long index) => (Bits(index) >> 11) * (1.0 / (1UL << 53));

    /// <summary>
    /// The output function of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
    /// OOPSLA 2014): a bijection of 64 bits in which every input bit changes about half of the output bits.
    /// </summary>
    private static ulong Mix(ulong x)
    {
        unchecked
        {
            x += Increment;
            x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
            x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
            return x ^ (x >> 31);
        }
    }

    private static Vector<ulong> Mix(Vector<ulong> x)
    {
        x += new Vector<ulong>(Increment);
        x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >>> 31);
    }
}
