using System.Globalization;
using System.Text;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// Whether probabilities mean what they say: of samples with like predicted probabilities, the mean of these and the
/// share for which it came true. Of good ones the two are equal.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>calibration_curve</c>; bins without samples are left out. From it follow the expected
/// calibration error, Σ nₖ/n |observedₖ − predictedₖ|, and the maximum calibration error, the largest of these gaps
/// (M. Naeini, G. Cooper and M. Hauskrecht, 2015). Its text is a table.
/// </remarks>
public sealed class ReliabilityCurve
{
    private const int BarWidth = 20;

    private readonly ReliabilityBin[] _bins;

    internal ReliabilityCurve(ReliabilityBin[] bins) => _bins = bins;

    /// <summary>The bins that have samples, from the lowest probability to the highest.</summary>
    public IReadOnlyList<ReliabilityBin> Bins => _bins;

    /// <summary>Number of samples.</summary>
    public long Count => _bins.Sum(bin => bin.Count);

    /// <summary>The expected calibration error, the mean gap over the samples.</summary>
    public double ExpectedError => _bins.Sum(bin => bin.Count * bin.Gap) / Count;

    /// <summary>The maximum calibration error, the largest gap of a bin.</summary>
    public double MaximumError => _bins.Max(bin => bin.Gap);

    /// <summary>Makes the curve of probabilities and what came.</summary>
    /// <param name="probabilities">The predicted probability of each sample.</param>
    /// <param name="outcomes">Whether it came true.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <param name="binning">How probabilities are put into bins.</param>
    /// <returns>The curve.</returns>
    /// <exception cref="ArgumentException">There is no sample, or not as many outcomes as probabilities.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A probability is not from 0 to 1, there is no such binning, or no bin.
    /// </exception>
    public static ReliabilityCurve Of(
        ReadOnlySpan<double> probabilities,
        ReadOnlySpan<bool> outcomes,
        int bins = 10,
        Binning binning = Binning.Uniform)
    {
        Require.AtLeast(bins, 1);
        Require.Defined(binning);
        if (probabilities.IsEmpty || outcomes.Length != probabilities.Length)
        {
            throw new ArgumentException(
                $"Each sample has a probability and an outcome, but there "
                + $"{Quantity.Are(probabilities.Length, "probability", "probabilities")} and "
                + $"{Quantity.Of(outcomes.Length, "outcome")}.",
                nameof(outcomes));
        }

        foreach (double probability in probabilities)
        {
            Require.Probability(probability, nameof(probabilities));
        }

        double[] edges = binning == Binning.Uniform
            ? [.. Enumerable.Range(0, bins + 1).Select(k => (double)k / bins)]
            : Quantiles(probabilities, bins);
        var counts = new ReliabilityCounts(edges);
        for (int j = 0; j < probabilities.Length; j++)
        {
            counts.Add(probabilities[j], outcomes[j]);
        }

        return counts.ToCurve();
    }

    /// <summary>A table with a line per bin, a bar of the share that came true, and the errors.</summary>
    /// <returns>The table.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine("           bin    samples  predicted   observed");
        foreach (ReliabilityBin bin in _bins)
        {
            text.Append(CultureInfo.InvariantCulture, $"{bin.Lower,6:0.000}–{bin.Upper:0.000}")
                .Append(CultureInfo.InvariantCulture, $"{bin.Count,12}{bin.MeanPredicted,11:0.0000}")
                .Append(CultureInfo.InvariantCulture, $"{bin.Observed,11:0.0000}  ")
                .AppendLine(new string('█', (int)Math.Round(bin.Observed * BarWidth)));
        }

        return text.Append(
            CultureInfo.InvariantCulture,
            $"expected calibration error {ExpectedError:0.0000}, maximum {MaximumError:0.0000}").ToString();
    }

    // As numpy interpolates them; several of the same make bins that nothing falls into.
    private static double[] Quantiles(ReadOnlySpan<double> probabilities, int bins)
    {
        double[] sorted = probabilities.ToArray();
        Array.Sort(sorted);
        double[] edges = new double[bins + 1];
        for (int k = 0; k <= bins; k++)
        {
            (long below, long rest) = Math.DivRem((long)k * (sorted.Length - 1), bins);
            long above = Math.Min(below + 1, sorted.Length - 1);
            edges[k] = sorted[below] + ((double)rest / bins * (sorted[above] - sorted[below]));
        }

        return edges;
    }
}
