using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>Adds up absolute, relative or squared errors, sample by sample, in double precision.</summary>
internal sealed class ErrorAccumulator(ErrorFigure figure, string metric, int? one, double scale = 1)
    : IMetricAccumulator
{
    // As scikit-learn has it: the least that an error is relative to.
    private const double LeastSize = 1.0 / (1L << 52);

    private BatchRows _rows;
    private CompensatedSum _sum;
    private CompensatedSum _count;

    public double Value
    {
        get
        {
            double mean = _sum.Value / _count.Value / scale;
            return figure is ErrorFigure.RootMeanSquared or ErrorFigure.RootMeanSquaredLogarithmic
                ? Math.Sqrt(mean)
                : mean;
        }
    }

    public void Add<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(metric, outputs, targets, weights);
        BatchRows.RequireOutput(metric, one, outputs.Rows);
        RequireLogarithms(targets, weights);
        _rows.Settle(outputs.Rows);
        for (int j = 0; j < outputs.Columns; j++)
        {
            double weight = SampleWeights.Of(weights, j);
            if (weight == 0)
            {
                continue;
            }

            ReadOnlySpan<T> output = outputs.Column(j);
            ReadOnlySpan<T> target = targets.Column(j);
            double error = one is { } only
                ? OfSample(output.Slice(only, 1), target.Slice(only, 1))
                : OfSample(output, target);
            _sum.Add(weight * error);
            _count.Add(weight * (one is null ? outputs.Rows : 1));
        }
    }

    public void Reset() => (_rows, _sum, _count) = (default, default, default);

    private double OfSample<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            sum += Of(double.CreateChecked(outputs[i]), double.CreateChecked(targets[i]));
        }

        return sum;
    }

    private double Of(double output, double target)
    {
        double error = output - target;
        return figure switch
        {
            ErrorFigure.MeanAbsolute => Math.Abs(error),
            ErrorFigure.MeanAbsolutePercentage => Math.Abs(error) / Math.Max(Math.Abs(target), LeastSize),
            ErrorFigure.MeanSquaredLogarithmic or ErrorFigure.RootMeanSquaredLogarithmic =>
                Square(Logarithms.OfOnePlus(output) - Logarithms.OfOnePlus(target)),
            ErrorFigure.SymmetricMeanAbsolutePercentage =>
                error == 0 ? 0 : 2 * Math.Abs(error) / (Math.Abs(output) + Math.Abs(target)),
            _ => Square(error),
        };
    }

    private static double Square(double x) => x * x;

    /// <summary>Requires targets e for which log(1 + e) exists, where the figure is made of that.</summary>
    private void RequireLogarithms<T>(ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (figure is not (ErrorFigure.MeanSquaredLogarithmic or ErrorFigure.RootMeanSquaredLogarithmic))
        {
            return;
        }

        for (int i = 0; i < targets.Values.Length; i++)
        {
            (int sample, int row) = Math.DivRem(i, targets.Rows);
            T target = targets.Values[i];
            if (target <= T.NegativeOne && row == (one ?? row) && SampleWeights.Of(weights, sample) != 0)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Metric '{metric}' takes log(1 + e) of a target e, but target {row} of sample {sample} of ")
                    + FormattableString.Invariant($"the batch is {target}, which is not above −1. Measure ")
                    + $"{nameof(MeanSquaredErrorMetric)}, or the targets in a unit in which none is negative.",
                    nameof(targets));
            }
        }
    }
}
