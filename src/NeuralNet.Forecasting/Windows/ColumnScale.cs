using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Forecasting.Series;
using NeuralNet.Preprocessing;

namespace NeuralNet.Forecasting.Windows;

/// <summary>Mean and standard deviation of a column, behind the function that its values pass through.</summary>
internal readonly record struct ColumnScale(
    double Mean, double Deviation, SeriesTransform Transform = SeriesTransform.None)
{
    /// <summary>Leaves values as they are.</summary>
    public static ColumnScale Identity { get; } = new(0, 1);

    /// <summary>The value in deviations from the mean; not finite where the function has no value.</summary>
    public double Scale(double value) => (Apply(Transform, value) - Mean) / Deviation;

    /// <summary>The value in the unit of the column.</summary>
    public double Unscale(double value)
    {
        double transformed = (value * Deviation) + Mean;
        return Transform switch
        {
            SeriesTransform.None => transformed,
            SeriesTransform.SquareRoot => transformed < 0 ? 0 : transformed * transformed,
            _ => Math.Exp(transformed),
        };
    }

    /// <summary>Fits to what was measured of a column in parts of series.</summary>
    /// <exception cref="InvalidDataException">Nothing was, or the function has no value for it.</exception>
    public static ColumnScale Fit(IEnumerable<TimeSeries> parts, int column, SeriesTransform transform)
    {
        double[] values =
        [
            .. parts.SelectMany(part => Enumerable.Range(part.First, part.Count)
                .Where(step => part.Data.IsObserved(column, step))
                .Select(step => part.Data.Values[column][step])),
        ];
        SeriesData data = parts.First().Data;
        if (values.Length == 0)
        {
            throw new InvalidDataException(
                $"{data.Where}: the training data have no value of "
                + $"{Guards.MessageText.Quoted(data.Columns[column])}, so nothing can be learned from it.");
        }

        int refused = Array.FindIndex(values, value => !double.IsFinite(Apply(transform, value)));
        return refused < 0
            ? Fit(values, transform)
            : throw new InvalidDataException(
                $"{data.Where}: {Refusal(data.Columns[column], values[refused], transform)}");
    }

    /// <summary>Fits to values; of equal ones the deviation is 1.</summary>
    public static ColumnScale Fit(double[] values, SeriesTransform transform)
    {
        double[] transformed = Array.ConvertAll(values, value => Apply(transform, value));
        var fitted = Standardization.Fit(Matrix<double>.Build.Dense(1, values.Length, transformed));
        return new(fitted.Means[0], fitted.StandardDeviations[0], transform);
    }

    /// <summary>Says that the function has no value for one of a column.</summary>
    public static string Refusal(string column, double value, SeriesTransform transform) =>
        FormattableString.Invariant($"{Guards.MessageText.Quoted(column)} has the value {value}, but ")
        + $"{nameof(WindowOptions)}.{nameof(WindowOptions.Transform)} = {transform} takes none "
        + $"{(transform == SeriesTransform.Log ? "that is not above" : "below")} 0.";

    private static double Apply(SeriesTransform transform, double value) => transform switch
    {
        SeriesTransform.None => value,
        SeriesTransform.SquareRoot => Math.Sqrt(value),
        _ => Math.Log(value),
    };
}
