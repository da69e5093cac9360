using System.Numerics;

namespace NeuralNet.Randomness;

/// <summary>
/// The generator xoshiro256** of Blackman and Vigna, "Scrambled linear pseudorandom number generators" (2021). It draws
/// integers below a bound without bias: so many bits as the bound has, again where they are not below it.
/// </summary>
/// <remarks>
/// Its numbers are those of the generator of the same name in MathNet, which would do, too, if it did not draw a seed
/// that it never uses from System.Security.Cryptography, and with that need OpenSSL on the machine.
/// </remarks>
internal sealed class Xoshiro256StarStar : Random
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Makes a generator, whose state is the first bits of a stream.</summary>
    public Xoshiro256StarStar(RandomStream state)
        : base(Seed: 0) // no number comes from the base class, and without a seed it asks the system for one
    {
        _s0 = state.Bits(0);
        _s1 = state.Bits(1);
        _s2 = state.Bits(2);
        _s3 = state.Bits(3);
    }

    /// <inheritdoc/>
    public override int Next()
    {
        int next;
        do
        {
            next = (int)(NextBits() & int.MaxValue);
        }
        while (next == int.MaxValue);

        return next;
    }

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return maxValue == int.MaxValue ? Next() : (int)Below((uint)maxValue);
    }

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return minValue == 0 ? Next(maxValue) : (int)(minValue + Below((uint)((long)maxValue - minValue)));
    }

    /// <inheritdoc/>
    public override double NextDouble() => Sample();

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        const int Size = sizeof(ulong);
        ulong bits = 0;
        for (int i = 0; i < buffer.Length; i++)
        {
            bits = i % Size == 0 ? NextBits() : bits >> 8;
            buffer[i] = (byte)bits;
        }
    }

    /// <inheritdoc/>
    protected override double Sample() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    private long Below(uint bound)
    {
        if (bound <= 1)
        {
            return 0;
        }

        int bits = BitOperations.Log2(bound - 1) + 1;
        ulong next;
        do
        {
            next = NextBits() >> (64 - bits);
        }
        while (next >= bound);

        return (long)next;
    }

    private ulong NextBits()
    {
        ulong bits = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return bits;
    }
}
