using MathNet.Numerics.Distributions;

namespace NeuralNet.Explanations;

/// <summary>
/// The permutation importance of a feature: how much worse predictions become when its values are shuffled.
/// </summary>
public sealed class FeatureImportance
{
    private const double Confidence = 0.95;
    private readonly double[] _drops;

    internal FeatureImportance(string name, double[] drops)
    {
        Name = name;
        _drops = drops;
        Mean = drops.Average();
        double squares = drops.Sum(drop => (drop - Mean) * (drop - Mean));
        StandardError = Math.Sqrt(squares / (drops.Length - 1) / drops.Length);
        double quantile = StudentT.InvCDF(0, 1, drops.Length - 1, (1 + Confidence) / 2);
        Interval = (Mean - (quantile * StandardError), Mean + (quantile * StandardError));
    }

    /// <summary>The name of the feature, the column or the group.</summary>
    public string Name { get; }

    /// <summary>The loss of score in each repeat; below 0 where the score was better.</summary>
    public IReadOnlyList<double> Drops => _drops;

    /// <summary>The importance: the mean d̄ over the k repeats.</summary>
    public double Mean { get; }

    /// <summary>The standard error of the mean: √(Σ (dᵣ − d̄)² / (k − 1) / k).</summary>
    public double StandardError { get; }

    /// <summary>
    /// The interval of 95 % confidence for the mean over all orders, d̄ ± t·standard error, t being the 97.5 % quantile
    /// of Student's distribution of k − 1 degrees of freedom. Other samples, or another training, would differ more.
    /// </summary>
    public (double Lower, double Upper) Interval { get; }

    /// <summary>The name and the importance.</summary>
    /// <returns>For example <c>age: 0.0123 [0.0119, 0.0127]</c>.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"{Name}: {Mean:G4} [{Interval.Lower:G4}, {Interval.Upper:G4}]");
}
