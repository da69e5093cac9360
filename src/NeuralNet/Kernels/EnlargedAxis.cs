namespace NeuralNet.Kernels;

/// <summary>
/// An axis of an image that is enlarged by a factor: each place of the enlarged axis is a mean, with weights, of two
/// neighbouring places of the axis, or one of them.
/// </summary>
/// <param name="Length">Number of places before, at least 1.</param>
/// <param name="Factor">Number of places for each, at least 1.</param>
/// <param name="IsLinear">
/// Whether values change linearly between the centres of places; else places are repeated.
/// </param>
internal readonly record struct EnlargedAxis(int Length, int Factor, bool IsLinear)
{
    /// <summary>Number of places of the enlarged axis.</summary>
    public int EnlargedLength => Length * Factor;

    /// <summary>
    /// The two places that a place of the enlarged axis is made of, and the share of the second, below 1.
    /// </summary>
    public (int First, int Second, double Share) At(int place)
    {
        if (!IsLinear)
        {
            return (place / Factor, place / Factor, 0);
        }

        // The centre of the place, (place + ½)/factor − ½, as a fraction of whole numbers.
        long numerator = (2L * place) + 1 - Factor;
        long denominator = 2L * Factor;
        if (numerator < 0)
        {
            return (0, 0, 0);
        }

        int first = (int)(numerator / denominator);
        return first == Length - 1
            ? (first, first, 0)
            : (first, first + 1, (double)(numerator % denominator) / denominator);
    }
}
