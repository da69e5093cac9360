using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Conformal;
using NeuralNet.Guards;

namespace NeuralNet.Forecasting.Windows;

/// <summary>
/// Moves the ends of intervals so far that they cover as much of held-out windows as they are meant to.
/// </summary>
internal static class IntervalCalibration
{
    // Levels such as 0.05 and 0.95 are a pair although their sum is not 1 to the last bit.
    private const double Tolerance = 1e-9;

    /// <summary>Computes by how much each output moves, in the scale in which the network gives it.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="outputs">What the network gives, outputs × windows, quantiles in ascending order.</param>
    /// <param name="targets">What came, repeated once per quantile.</param>
    /// <param name="argument">The argument that the windows come from.</param>
    /// <exception cref="ArgumentException">There are too few windows.</exception>
    public static double[] Offsets(
        WindowLayout layout, Matrix<double> outputs, Matrix<double> targets, string argument)
    {
        double[] offsets = new double[outputs.RowCount];
        double[] scores = new double[outputs.ColumnCount];
        for (int low = 0; low < layout.Quantiles.Length / 2; low++)
        {
            int high = Array.FindIndex(
                layout.Quantiles, level => Math.Abs(level + layout.Quantiles[low] - 1) < Tolerance);
            if (high <= low)
            {
                continue;
            }

            double coverage = layout.Quantiles[high] - layout.Quantiles[low];
            if (ConformalQuantile.Rank(scores.Length, coverage) > scores.Length)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"An interval from {layout.Quantiles[low]} to {layout.Quantiles[high]} cannot be judged by ")
                    + $"{Quantity.Of(scores.Length, "window")}, but by {ConformalQuantile.LeastCount(coverage)} or "
                    + "more; hold out a longer part.",
                    argument);
            }

            for (int first = 0; first < offsets.Length; first += layout.PerValue)
            {
                for (int window = 0; window < scores.Length; window++)
                {
                    double target = targets[first, window];
                    scores[window] = Math.Max(
                        outputs[first + low, window] - target, target - outputs[first + high, window]);
                }

                double margin = ConformalQuantile.Of(scores, coverage, argument);
                offsets[first + low] = -margin;
                offsets[first + high] = margin;
            }
        }

        return offsets;
    }
}
