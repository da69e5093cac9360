namespace NeuralNet.Kernels;

/// <summary>The numbers by which eˣ is divided into a power of 2, in the bits of a number, and a rest.</summary>
internal static class ExponentBits
{
    /// <summary>
    /// The first part of log 2 in float, with so few bits that a whole number times it is exact.
    /// </summary>
    public const float Ln2HighSingle = 355f / 512;

    /// <summary>The rest of log 2 in float.</summary>
    public const float Ln2LowSingle = -2.12194440e-4f;

    /// <summary>The first part of log 2 in double.</summary>
    public const double Ln2High = 6.93147180369123816490e-01;

    /// <summary>The rest of log 2 in double.</summary>
    public const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>1/log 2.</summary>
    public const double Log2E = 1.4426950408889634;

    /// <summary>
    /// Adding it leaves no bits for a fraction: the last bits of the sum are the nearest whole number.
    /// </summary>
    public const float RounderSingle = 3 << 22;

    /// <summary>The same of a double.</summary>
    public const double Rounder = 3L << 51;

    /// <summary>The number of bits behind the exponent of a float.</summary>
    public const int ShiftSingle = 23;

    /// <summary>The number of bits behind the exponent of a double.</summary>
    public const int Shift = 52;
}
