using System.Globalization;

namespace NeuralNet.Samples.Digits.Html;

/// <summary>The marks of an axis, at round numbers, from below the least value to above the greatest.</summary>
internal sealed class AxisTicks
{
    private const double LeastExponentless = 1e-5;

    private AxisTicks(double first, double step, int count)
    {
        Step = step;
        Values = [.. Enumerable.Range(0, count).Select(i => first + (i * step))];
    }

    /// <summary>The marks, in order; at least two.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>The distance from one mark to the next.</summary>
    public double Step { get; }

    /// <summary>The lower end of the axis.</summary>
    public double Least => Values[0];

    /// <summary>The upper end of the axis.</summary>
    public double Most => Values[^1];

    /// <summary>Finds the marks.</summary>
    /// <param name="least">The least value to show.</param>
    /// <param name="most">The greatest value to show.</param>
    /// <param name="count">The approximate number of marks.</param>
    public static AxisTicks Over(double least, double most, int count)
    {
        if (!(most - least > 1e-12 * Math.Max(Math.Abs(least), Math.Abs(most))))
        {
            // A single value is put in the middle.
            double around = most == 0 ? 1 : Math.Abs(most) / 2;
            (least, most) = (least - around, most + around);
        }

        double step = RoundStep((most - least) / Math.Max(1, count - 1));
        double first = Math.Floor((least / step) + 1e-9) * step;
        return new(first, step, (int)Math.Ceiling(((most - first) / step) - 1e-9) + 1);
    }

    /// <summary>Formats a mark with as many digits as all marks need.</summary>
    public string Format(double value)
    {
        if (Math.Abs(value) < Step / 2)
        {
            value = 0; // what is left of a sum that should be 0 is none
        }

        if (Step < LeastExponentless)
        {
            return value == 0 ? "0" : value.ToString("0.##e0", CultureInfo.InvariantCulture);
        }

        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(Step) + 1e-9));
        return value.ToString("F" + decimals, CultureInfo.InvariantCulture);
    }

    private static double RoundStep(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch
        {
            <= 1.000001 => power,
            <= 2.000001 => 2 * power,
            <= 5.000001 => 5 * power,
            _ => 10 * power,
        };
    }
}
