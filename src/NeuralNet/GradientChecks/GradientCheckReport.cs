using System.Globalization;
using System.Text;

namespace NeuralNet.GradientChecks;

/// <summary>The result of a gradient check.</summary>
public sealed class GradientCheckReport
{
    internal GradientCheckReport(IReadOnlyList<GradientComparison> comparisons, double tolerance)
    {
        Comparisons = comparisons;
        Tolerance = tolerance;
    }

    /// <summary>
    /// The findings: a comparison for every parameter, one for the input and, of a layer that computes something else
    /// in a prediction, one for the input of that.
    /// </summary>
    public IReadOnlyList<GradientComparison> Comparisons { get; }

    /// <summary>The relative error above which a gradient is wrong.</summary>
    public double Tolerance { get; }

    /// <summary>The largest relative error of all.</summary>
    public double WorstRelativeError => Comparisons.Max(comparison => comparison.WorstRelativeError);

    /// <summary>Number of elements compared.</summary>
    public int Checked => Comparisons.Sum(comparison => comparison.Checked);

    /// <summary>Number of elements skipped because a kink is too close.</summary>
    public int Kinks => Comparisons.Sum(comparison => comparison.Kinks);

    /// <summary>Number of the elements compared whose gradient is smaller than differences can resolve.</summary>
    public int BelowNoise => Comparisons.Sum(comparison => comparison.BelowNoise);

    /// <summary>
    /// True if every comparison is within the tolerance and compared at least one element: a parameter with all
    /// elements at kinks does not pass.
    /// </summary>
    public bool Passed => Comparisons.All(comparison => Verdict(comparison).Length == 0);

    /// <summary>Throws unless the check passed.</summary>
    /// <exception cref="GradientCheckException">The check did not pass; the message is the table.</exception>
    public void EnsurePassed()
    {
        if (!Passed)
        {
            throw new GradientCheckException("The gradient check failed.\n" + this);
        }
    }

    /// <summary>The findings as a table: a line for every parameter, then the verdict.</summary>
    /// <returns>Several lines of text.</returns>
    public override string ToString()
    {
        List<string[]> rows =
        [
            [
                "parameter", "checked", "kinks", "below noise", "worst error", "at (row, column)", "analytic",
                "numeric", "",
            ],
            .. Comparisons.Select(Cells),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(i => rows.Max(row => row[i].Length))];

        var text = new StringBuilder();
        foreach (string[] row in rows)
        {
            // Names are aligned left, numbers right.
            IEnumerable<string> cells = row.Select(
                (cell, i) => i == 0 || i == row.Length - 1 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"tolerance {Tolerance:E0}: {(Passed ? "passed" : "FAILED")}");
        return text.ToString();
    }

    private string[] Cells(GradientComparison row)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        bool hasWorst = row.Checked > 0 || row.WorstRelativeError > 0;
        return
        [
            row.Name,
            row.Checked + row.Kinks == row.Elements
                ? row.Checked.ToString(culture)
                : string.Create(culture, $"{row.Checked} of {row.Elements}"),
            row.Kinks.ToString(culture),
            row.BelowNoise.ToString(culture),
            hasWorst ? row.WorstRelativeError.ToString("E2", culture) : "-",
            hasWorst ? string.Create(culture, $"({row.Row}, {row.Column})") : "-",
            hasWorst ? row.Analytic.ToString("E9", culture) : "-",
            hasWorst ? row.Numeric.ToString("E9", culture) : "-",
            Verdict(row),
        ];
    }

    private string Verdict(GradientComparison comparison) =>
        !(comparison.WorstRelativeError <= Tolerance) ? "WRONG"
        : comparison.Checked == 0 ? "NOT PROVEN"
        : "";
}
