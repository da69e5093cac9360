namespace NeuralNet.Kernels;

/// <summary>Where the exponent of a number lies among its bits.</summary>
internal static class ExponentBits
{
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
