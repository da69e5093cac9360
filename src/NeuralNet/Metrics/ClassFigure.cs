namespace NeuralNet.Metrics;

/// <summary>
/// A figure of a class or a label that is a ratio of counts: of the number a of samples that are of the class, p
/// predicted to be of it, and r for which both hold, among n.
/// </summary>
internal sealed class ClassFigure
{
    private readonly Func<double, double, double, double, (double Numerator, double Denominator)> _ratio;

    private ClassFigure(
        string name, Func<double, double, double, double, (double Numerator, double Denominator)> ratio)
    {
        Name = name;
        _ratio = ratio;
    }

    /// <summary>The share of the samples predicted to be of the class that are of it.</summary>
    public static ClassFigure Precision { get; } = new("precision", (_, p, r, _) => (r, p));

    /// <summary>The share of the samples of the class that were predicted to be of it.</summary>
    public static ClassFigure Recall { get; } = new("recall", (a, _, r, _) => (r, a));

    /// <summary>The harmonic mean of the two.</summary>
    public static ClassFigure F1 { get; } = FBeta("f1", 1);

    /// <summary>The share of the samples for which it was predicted rightly whether they are of the class.</summary>
    public static ClassFigure Accuracy { get; } =
        // All but those that are actual or predicted without being both.
        new("binary_accuracy", (a, p, r, n) => (n - (a + p - (2 * r)), n));

    /// <summary>The name of the metric.</summary>
    public string Name { get; }

    /// <summary>The harmonic mean of precision and recall in which recall counts β² times as much.</summary>
    public static ClassFigure FBeta(string name, double beta)
    {
        // (1 + β²)PR/(β²P + R), with P = r/p and R = r/a.
        double square = beta * beta;
        return new(name, (a, p, r, _) => ((1 + square) * r, (square * a) + p));
    }

    /// <summary>The figure; NaN without samples, <paramref name="zeroDivision"/> where it would be 0/0.</summary>
    public double Of(double a, double p, double r, double n, double zeroDivision)
    {
        if (n == 0)
        {
            return double.NaN;
        }

        (double numerator, double denominator) = _ratio(a, p, r, n);
        return denominator == 0 ? zeroDivision : numerator / denominator;
    }
}
