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
    private long _count;

    public double Value
    {
        get
        {
            double mean = _sum.Value / _count / scale;
            return figure == ErrorFigure.RootMeanSquared ? Math.Sqrt(mean) : mean;
        }
    }

    public void Add<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _rows.Require(metric, outputs, targets);
        BatchRows.RequireOutput(metric, one, outputs.Rows);
        _rows.Settle(outputs.Rows);
        for (int j = 0; j < outputs.Columns; j++)
        {
            ReadOnlySpan<T> output = outputs.Column(j);
            ReadOnlySpan<T> target = targets.Column(j);
            _sum.Add(
                one is { } only ? OfSample(output.Slice(only, 1), target.Slice(only, 1)) : OfSample(output, target));
        }

        _count += one is null ? outputs.Values.Length : outputs.Columns;
    }

    public void Reset() => (_rows, _sum, _count) = (default, default, 0);

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
            ErrorFigure.SymmetricMeanAbsolutePercentage =>
                error == 0 ? 0 : 2 * Math.Abs(error) / (Math.Abs(output) + Math.Abs(target)),
            _ => error * error,
        };
    }
}
