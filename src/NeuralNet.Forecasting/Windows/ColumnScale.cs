using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Forecasting.Series;
using NeuralNet.Preprocessing;

namespace NeuralNet.Forecasting.Windows;

/// <summary>Mean and standard deviation of a column.</summary>
internal readonly record struct ColumnScale(double Mean, double Deviation)
{
    /// <summary>Leaves values as they are.</summary>
    public static ColumnScale Identity { get; } = new(0, 1);

    /// <summary>The value in deviations from the mean.</summary>
    public double Scale(double value) => (value - Mean) / Deviation;

    /// <summary>The value in the unit of the column.</summary>
    public double Unscale(double value) => (value * Deviation) + Mean;

    /// <summary>Fits to what was measured of a column in parts of series.</summary>
    /// <exception cref="InvalidDataException">Nothing was.</exception>
    public static ColumnScale Fit(IEnumerable<TimeSeries> parts, int column)
    {
        double[] values =
        [
            .. parts.SelectMany(part => Enumerable.Range(part.First, part.Count)
                .Where(step => part.Data.IsObserved(column, step))
                .Select(step => part.Data.Values[column][step])),
        ];
        if (values.Length == 0)
        {
            SeriesData data = parts.First().Data;
            throw new InvalidDataException(
                $"{data.Where}: the training data have no value of "
                + $"{Guards.MessageText.Quoted(data.Columns[column])}, so nothing can be learned from it.");
        }

        return Fit(values);
    }

    /// <summary>Fits to values; of equal ones the deviation is 1.</summary>
    public static ColumnScale Fit(double[] values)
    {
        var fitted = Standardization.Fit(Matrix<double>.Build.Dense(1, values.Length, values));
        return new(fitted.Means[0], fitted.StandardDeviations[0]);
    }
}
