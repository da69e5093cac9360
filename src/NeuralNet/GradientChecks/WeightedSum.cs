
namespace NeuralNet.GradientChecks;

/// <summary>
/// f = Σₖ wₖ·vₖ, the number whose derivative is taken: the mean of the samples' losses, or outputs under a projection.
/// </summary>
/// <remarks>
/// Differences are taken term by term, Σₖ wₖ·(vₖ(x + h) − vₖ(x − h)), not of the whole sum: a term that does not depend
/// on x then contributes nothing, not even a rounding error; and kinks of two terms cannot cancel each other.
/// </remarks>
internal sealed class WeightedSum
{
    private readonly double[] _weights;
    private readonly Terms _terms;
    private readonly double[] _here;
    private readonly double[] _above;
    private readonly double[] _below;
    private readonly TermQuotients[] _quotients;

    /// <summary>Computes the terms at the point of the derivatives.</summary>
    /// <exception cref="GradientCheckException">
    /// A term is not finite, or has another value when computed again.
    /// </exception>
    public WeightedSum(double[] weights, Terms terms)
    {
        _weights = weights;
        _terms = terms;
        _here = new double[weights.Length];
        _above = new double[weights.Length];
        _below = new double[weights.Length];
        _quotients = [new(weights.Length), new(weights.Length), new(weights.Length)];
        _terms(_here);
        if (!Array.TrueForAll(_here, double.IsFinite))
        {
            throw new GradientCheckException(
                "The forward pass gives NaN or infinity for these inputs, so there is no derivative to compare with.");
        }

        RequireRepeatable();
    }

    /// <summary>Writes all vₖ.</summary>
    public delegate void Terms(Span<double> terms);

    /// <summary>wₖ.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Refuses a forward pass that gives another result when it is repeated at the same point.</summary>
    public void RequireRepeatable()
    {
        _terms(_above);
        if (!_above.AsSpan().SequenceEqual(_here))
        {
            throw new GradientCheckException(
                "The forward pass is not a function: repeated with the same inputs, parameters and random stream, it "
                + "gives another result. Draw random numbers from context.Random only, and keep nothing between "
                + "passes.");
        }
    }

    /// <summary>
    /// Computes the quotients of the steps h, h/2 and h/4 about x, which is restored. Valid until the next call.
    /// </summary>
    public ReadOnlySpan<TermQuotients> Differentiate(ref double x, double step)
    {
        Differentiate(ref x, step, _quotients[0]);
        Differentiate(ref x, step / 2, _quotients[1]);
        Differentiate(ref x, step / 4, _quotients[2]);
        return _quotients;
    }

    private void Differentiate(ref double x, double step, TermQuotients quotients)
    {
        double here = x;
        double above = here + step;
        double below = here - step;
        try
        {
            x = above;
            _terms(_above);
            x = below;
            _terms(_below);
        }
        finally
        {
            x = here;
        }

        for (int k = 0; k < _here.Length; k++)
        {
            // The actual steps, after rounding.
            quotients.Central[k] = (_above[k] - _below[k]) / (above - below);
            quotients.Bend[k] = ((_above[k] - _here[k]) / (above - here)) - ((_here[k] - _below[k]) / (here - below));
            quotients.Size[k] = Math.Max(Math.Abs(_above[k]), Math.Abs(_below[k]));
            quotients.IsConstant[k] = _above[k] == _here[k] && _below[k] == _here[k];
        }
    }
}
