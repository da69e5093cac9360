namespace NeuralNet.GradientChecks;

/// <summary>
/// The difference quotients of one step h to both sides for every term v of a <see cref="WeightedSum"/> at x.
/// </summary>
internal sealed class TermQuotients(int terms)
{
    /// <summary>(v(x + h) − v(x − h)) / 2h.</summary>
    public double[] Central { get; } = new double[terms];

    /// <summary>The quotient to the right minus that to the left, (v(x + h) − 2v(x) + v(x − h)) / h.</summary>
    public double[] Bend { get; } = new double[terms];

    /// <summary>The size of the numbers that were subtracted.</summary>
    public double[] Size { get; } = new double[terms];

    /// <summary>True if v is the same to the bit at all three points.</summary>
    public bool[] IsConstant { get; } = new bool[terms];
}
