using System.Globalization;

namespace NeuralNet.Reports.Html;

/// <summary>An axis of a chart: marks at round numbers, and the place of every value, from 0 to 1.</summary>
internal sealed class Axis
{
    // What is beyond has no middle that is a number.
    private const double Bound = double.MaxValue / 8;

    private const double LeastPlain = 1e-4;
    private const double MostPlain = 1e6;

    // Below, a straight axis shows as much.
    private const double LeastLogRatio = 100;

    private readonly double _least;
    private readonly double _most;

    private Axis(bool isLogarithmic, double least, double most, double[] marks, string[] labels)
    {
        IsLogarithmic = isLogarithmic;
        _least = Map(least);
        _most = Map(most);
        Marks = [.. marks.Zip(labels)];
    }

    /// <summary>Whether a step upwards multiplies.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>The marks and their labels, in order.</summary>
    public IReadOnlyList<(double Value, string Label)> Marks { get; }

    /// <summary>Makes the axis of some values: logarithmic where they are of very different size.</summary>
    /// <param name="values">The values; those that are not finite are passed over.</param>
    /// <param name="mayBeLogarithmic">Whether sizes matter more than differences.</param>
    /// <param name="fromZero">Whether a straight axis begins at 0.</param>
    public static Axis Over(IEnumerable<double> values, bool mayBeLogarithmic, bool fromZero)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double least = finite.Length == 0 ? 0 : finite.Min();
        double most = finite.Length == 0 ? 1 : finite.Max();
        return mayBeLogarithmic && least > 0 && most / least >= LeastLogRatio
            ? Logarithmic(least, most)
            : Straight(fromZero ? Math.Min(0, least) : least, most, 6);
    }

    /// <summary>Makes the axis of the epochs from one to another, which are marked at round numbers.</summary>
    public static Axis Epochs(int first, int last)
    {
        int step = (int)Math.Max(1, RoundStep(Math.Max(1, last - first) / (last < 1000 ? 10.0 : 5.0)));
        double[] marks =
        [
            .. Enumerable.Range(0, ((last - first) / step) + 2).Select(i => (double)(((first - 1) / step) + i) * step)
                .Where(epoch => epoch >= first && epoch <= last),
        ];
        marks = marks.Length == 0 ? [first] : marks;
        return new(
            false, first - 0.5, last + 0.5, marks, Array.ConvertAll(marks, mark => FigureText.Count((long)mark)));
    }

    /// <summary>Makes a straight axis.</summary>
    /// <param name="least">The least value to show.</param>
    /// <param name="most">The greatest value to show.</param>
    /// <param name="count">The approximate number of marks.</param>
    public static Axis Straight(double least, double most, int count)
    {
        (least, most) = (Math.Clamp(least, -Bound, Bound), Math.Clamp(most, -Bound, Bound));
        if (!(most - least > 1e-12 * Math.Max(Math.Abs(least), Math.Abs(most))) || most - least < 1e-300)
        {
            // A single value is put in the middle.
            double around = Math.Abs(most) < 1e-290 ? 1 : Math.Abs(most) / 2;
            (least, most) = (least - around, most + around);
        }

        double step = RoundStep((most - least) / Math.Max(1, count - 1));
        double first = Math.Floor((least / step) + 1e-9);
        int marks = (int)Math.Ceiling((most / step) - first - 1e-9) + 1;
        double[] values = [.. Enumerable.Range(0, Math.Max(2, marks)).Select(i => (first + i) * step)];
        return new(false, values[0], values[^1], values, Array.ConvertAll(values, value => Label(value, step)));
    }

    /// <summary>The place of a value: 0 at the lower end, 1 at the upper end.</summary>
    public double Place(double value) => (Map(value) - _least) / (_most - _least);

    private static Axis Logarithmic(double least, double most)
    {
        int first = (int)Math.Floor(Math.Log10(least) + 1e-9);
        int last = (int)Math.Ceiling(Math.Log10(most) - 1e-9);
        int step = Math.Max(1, (last - first + 5) / 6);
        last = first + ((last - first + step - 1) / step * step);
        int count = ((last - first) / step) + 1;
        double[] marks = [.. Enumerable.Range(0, count).Select(i => Math.Pow(10, first + (i * step)))];
        marks[0] = Math.Max(marks[0], double.Epsilon);
        marks[^1] = Math.Min(marks[^1], double.MaxValue);
        return new(true, marks[0], marks[^1], marks, Array.ConvertAll(marks, mark => mark is >= 1e-3 and <= 1e4
            ? mark.ToString("0.###", CultureInfo.InvariantCulture)
            : FigureText.Power(mark, 1)));
    }

    private static string Label(double value, double step)
    {
        if (Math.Abs(value) < step / 2)
        {
            return "0"; // what is left of a sum that should be 0 is none
        }

        if (step < LeastPlain || Math.Abs(value) >= MostPlain)
        {
            int digits = 1 + Math.Max(0, (int)Math.Floor(Math.Log10(Math.Abs(value)) - Math.Log10(step) + 1e-9));
            return FigureText.Minus(FigureText.Power(value, Math.Min(digits, 6)));
        }

        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        return FigureText.Minus(value.ToString("#,##0." + new string('0', decimals), CultureInfo.InvariantCulture));
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

    private double Map(double value) => IsLogarithmic ? Math.Log10(value) : Math.Clamp(value, -Bound, Bound);
}
