using System.Buffers.Binary;

namespace NeuralNet.Fuzz;

/// <summary>Damage to bytes of any format.</summary>
internal static class ByteMutation
{
    private static readonly ulong[] _numbers =
    [
        0, 1, 2, 7, 8, 255, 256, 65535, 65536, 99_999_999, 100_000_000, 100_000_001, int.MaxValue, 1UL << 31,
        uint.MaxValue,
        1UL << 32, long.MaxValue, 1UL << 63, ulong.MaxValue,
    ];

    /// <summary>A number at which readers fail.</summary>
    public static ulong Number(Random random) =>
        random.Next(3) == 0
            ? (ulong)random.NextInt64()
            : _numbers[random.Next(_numbers.Length)] + (ulong)random.Next(-2, 3);

    /// <summary>
    /// Makes one change: flipped bits, other bytes, a number at the limits, a piece cut out, doubled or filled in, a
    /// new end.
    /// </summary>
    public static byte[] Mutate(byte[] file, Random random)
    {
        byte[] copy = [.. file];
        int at = random.Next(copy.Length + 1);
        int length = random.Next(Math.Min(64, copy.Length - at) + 1);
        switch (random.Next(8))
        {
            case 0:
                for (int i = random.Next(1, 9); i > 0 && copy.Length > 0; i--)
                {
                    copy[random.Next(copy.Length)] ^= (byte)(1 << random.Next(8));
                }

                return copy;
            case 1:
                random.NextBytes(copy.AsSpan(at, length));
                return copy;
            case 2:
                Span<byte> number = stackalloc byte[8];
                if (random.Next(2) == 0)
                {
                    BinaryPrimitives.WriteUInt64LittleEndian(number, Number(random));
                }
                else
                {
                    BinaryPrimitives.WriteUInt64BigEndian(number, Number(random));
                }

                number[..Math.Min(8, copy.Length - at)].CopyTo(copy.AsSpan(at));
                return copy;
            case 3:
                return [.. copy[..at], .. copy[(at + length)..]];
            case 4:
                return [.. copy[..(at + length)], .. copy[at..]];
            case 5:
                byte[] filling = new byte[random.Next(1, 32)];
                Array.Fill(filling, (byte)random.Next(256));
                return [.. copy[..at], .. filling, .. copy[at..]];
            case 6:
                return copy[..at];
            default:
                byte[] more = new byte[random.Next(1, 32)];
                random.NextBytes(more);
                return [.. copy, .. more];
        }
    }
}
