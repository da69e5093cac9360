using System.Globalization;
using System.Text;

namespace NeuralNet.Backpropagation;

/// <summary>What a gradient check found.</summary>
public sealed class GradientCheckReport
{
    internal GradientCheckReport(IReadOnlyList<GradientComparison> comparisons, double tolerance)
    {
        Comparisons = comparisons;
        Tolerance = tolerance;
    }

    /// <summary>The findings: a comparison for every parameter, and one for the input.</summary>
    public IReadOnlyList<GradientComparison> Comparisons { get; }

    /// <summary>The relative error above which a gradient is wrong.</summary>
    public double Tolerance { get; }

    /// <summary>The largest relative error of all.</summary>
    public double WorstRelativeError => Comparisons.Max(comparison => comparison.WorstRelativeError);

    /// <summary>Number of elements compared.</summary>
    public int Checked => Comparisons.Sum(comparison => comparison.Checked);

    /// <summary>Number of elements skipped because a kink is too close.</summary>
    public int Kinks => Comparisons.Sum(comparison => comparison.Kinks);

    /// <summary>
    /// Whether every comparison stayed within the tolerance, and compared something: a parameter all of whose elements
    /// are at kinks is not proven.
    /// </summary>
    public bool Passed => Comparisons.All(IsRight);

    /// <summary>Throws unless the check passed.</summary>
    /// <exception cref="GradientCheckException">It did not; the message is the table.</exception>
    public void EnsurePassed()
    {
        if (!Passed)
        {
            throw new GradientCheckException("The gradient check failed.\n" + this);
        }
    }

    /// <summary>The findings as a table.</summary>
    /// <returns>Several lines of text.</returns>
    public override string ToString()
    {
        int width = Comparisons.Max(comparison => comparison.Name.Length);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"parameter".PadRight(width)}  checked  kinks  worst error  at (row, column)            analytic             numeric\n");
        foreach (GradientComparison row in Comparisons)
        {
            string at = $"({row.Row}, {row.Column})";
            text.Append(
                CultureInfo.InvariantCulture,
                $"{row.Name.PadRight(width)}  {row.Checked,7}  {row.Kinks,5}  {row.WorstRelativeError,11:E2}  {at,-16}  {row.Analytic,18:E9}  {row.Numeric,18:E9}{(IsRight(row) ? "" : "  WRONG")}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"tolerance {Tolerance:E0}: {(Passed ? "passed" : "FAILED")}");
        return text.ToString();
    }

    private bool IsRight(GradientComparison comparison) =>
        comparison.Checked > 0 && comparison.WorstRelativeError <= Tolerance;
}
