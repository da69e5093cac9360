using NeuralNet.Decisions;
using NeuralNet.Guards;

namespace NeuralNet.Calibrations;

/// <summary>The sigmoid of a straight line through a logit z: p = σ(a z + b), with the slope a and the intercept b.
/// </summary>
/// <remarks>
/// J. Platt, "Probabilistic outputs for support vector machines" (1999), with its smoothed targets, as scikit-learn's
/// <c>CalibratedClassifierCV(method="sigmoid")</c>: of N₊ samples of the class and N₋ others, the targets are
/// (N₊ + 1)/(N₊ + 2) and 1/(N₋ + 2), so that a and b are finite even where the data are told apart without a mistake.
/// Found by Newton's method as H.-T. Lin, C.-J. Lin and R. Weng (2007) have it. It takes a single logit: for several
/// classes there is <see cref="OneVersusRestCalibration"/>, for labels <see cref="PerLabelCalibration"/>.
/// </remarks>
public sealed class PlattScaling : ICalibration
{
    // Near the optimum, the loss no longer tells which of two lines is better; the step still does.
    private const double Rounding = 1e-13;

    /// <summary>Makes the calibration from its numbers.</summary>
    /// <param name="slope">a.</param>
    /// <param name="intercept">b.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite.</exception>
    public PlattScaling(double slope, double intercept)
    {
        Slope = Require.Finite(slope);
        Intercept = Require.Finite(intercept);
    }

    /// <summary>a: below 1 the network was too sure.</summary>
    public double Slope { get; }

    /// <summary>b: below 0 it said yes too often.</summary>
    public double Intercept { get; }

    /// <inheritdoc/>
    public int? OutputSize => 1;

    /// <inheritdoc/>
    public void Apply(Span<double> scores) => scores[0] = LogOdds.Sigmoid((Slope * scores[0]) + Intercept);

    /// <summary>The line in words.</summary>
    /// <returns>Such as <c>sigmoid(0.8123 z - 0.25)</c>.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"sigmoid({Slope:G4} z {(Intercept < 0 ? '-' : '+')} {Math.Abs(Intercept):G4})");

    /// <summary>Finds the line of the greatest likelihood of the smoothed targets.</summary>
    /// <param name="logits">The logit of each sample, finite.</param>
    /// <param name="answers">1 for yes and 0 for no; both occur.</param>
    internal static PlattScaling Fit(ReadOnlySpan<double> logits, ReadOnlySpan<int> answers)
    {
        // In units of the logits' own spread, which Newton's method takes in its stride whatever their size.
        (double center, double unit) = Spread(logits);
        int yes = 0;
        foreach (int answer in answers)
        {
            yes += answer;
        }

        double high = (yes + 1.0) / (yes + 2);
        double low = 1.0 / (answers.Length - yes + 2);
        double a = 0;
        double b = Math.Log((yes + 1.0) / (answers.Length - yes + 1));
        double loss = Derivatives(logits, answers, out Line line);
        for (int iteration = 0; iteration < 100; iteration++)
        {
            // The ridge keeps the equations solvable where all logits are the same.
            const double Ridge = 1e-12;
            double determinant = ((line.Aa + Ridge) * (line.Bb + Ridge)) - (line.Ab * line.Ab);
            double stepA = (((line.Bb + Ridge) * line.A) - (line.Ab * line.B)) / determinant;
            double stepB = (((line.Aa + Ridge) * line.B) - (line.Ab * line.A)) / determinant;
            (double fromA, double fromB, double before) = (a, b, loss);
            double share = 1;
            do
            {
                (a, b) = (fromA - (share * stepA), fromB - (share * stepB));
                loss = Derivatives(logits, answers, out line);
                share /= 2;
            }
            while (!(loss <= before + (Rounding * Math.Abs(before))) && share > 1e-10);

            if (Math.Abs(a - fromA) <= Rounding * Math.Abs(a) && Math.Abs(b - fromB) <= Rounding * Math.Abs(b))
            {
                break;
            }
        }

        return new(a / unit, b - (a * center / unit));

        // The negative log-likelihood per sample, its gradient and its second derivatives.
        double Derivatives(ReadOnlySpan<double> z, ReadOnlySpan<int> answers, out Line line)
        {
            double sum = 0;
            line = default;
            for (int j = 0; j < z.Length; j++)
            {
                double x = (z[j] - center) / unit;
                double score = (a * x) + b;
                double target = answers[j] == 1 ? high : low;
                double p = LogOdds.Sigmoid(score);
                sum += Math.Max(score, 0) - (target * score) + Math.Log(1 + Math.Exp(-Math.Abs(score)));
                double curvature = p * (1 - p);
                line = new(
                    line.A + ((p - target) * x),
                    line.B + (p - target),
                    line.Aa + (curvature * x * x),
                    line.Ab + (curvature * x),
                    line.Bb + curvature);
            }

            return sum;
        }
    }

    private static (double Center, double Unit) Spread(ReadOnlySpan<double> values)
    {
        double mean = 0;
        foreach (double value in values)
        {
            mean += value / values.Length;
        }

        double variance = 0;
        foreach (double value in values)
        {
            variance += (value - mean) * (value - mean) / values.Length;
        }

        return (mean, variance > 0 && double.IsFinite(variance) ? Math.Sqrt(variance) : 1);
    }

    private readonly record struct Line(double A, double B, double Aa, double Ab, double Bb);
}
