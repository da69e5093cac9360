using System.Globalization;
using NeuralNet.Reports.Recording;

namespace NeuralNet.Reports.Html;

/// <summary>Numbers as people read them: a few digits, and powers of ten in place of exponents.</summary>
internal static class FigureText
{
    private const double LeastPlain = 1e-4;
    private const double MostPlain = 1e7;

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>A figure, in percent if it is a share of right answers.</summary>
    public static string Of(FigureName name, double value) => name switch
    {
        { IsShare: true } when value is >= 0 and <= 1 => Percent(value),
        { Kind: FigureKind.LearningRate } => Short(value),
        { Kind: FigureKind.Seconds } => Seconds(value),
        { Kind: FigureKind.Samples } => Short(value),
        _ => Of(value),
    };

    /// <summary>A number with four digits; of what is not finite, its name.</summary>
    public static string Of(double value)
    {
        double size = Math.Abs(value);
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "∞" : "−∞";
        }

        return Minus(size switch
        {
            0 => "0",
            < LeastPlain or >= MostPlain => Power(value, 4),
            >= 1000 => value.ToString("#,##0", CultureInfo.InvariantCulture),
            _ => value.ToString(
                "F" + Math.Clamp(3 - (int)Math.Floor(Math.Log10(size)), 0, 8), CultureInfo.InvariantCulture),
        });
    }

    /// <summary>The same without zeros at the end.</summary>
    public static string Short(double value)
    {
        string text = Of(value);
        return text.Contains('.', StringComparison.Ordinal) && !text.Contains('×', StringComparison.Ordinal)
            ? text.TrimEnd('0').TrimEnd('.')
            : text;
    }

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => double.IsFinite(share)
        ? Minus((100 * share).ToString("F2", CultureInfo.InvariantCulture)) + " %"
        : "–";

    /// <summary>A count.</summary>
    public static string Count(long count) => count.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>A time of so many seconds.</summary>
    public static string Seconds(double seconds) => seconds switch
    {
        >= 3600 => string.Create(
            CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 3600):0} h {Math.Floor(seconds % 3600 / 60):0} min"),
        >= 60 => string.Create(
            CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0} min {Math.Floor(seconds % 60):0} s"),
        >= 1 => seconds.ToString("0.0 s", CultureInfo.InvariantCulture),
        >= 0.001 => (1000 * seconds).ToString("0 ms", CultureInfo.InvariantCulture),
        >= 0 => (1000 * seconds).ToString("0.### ms", CultureInfo.InvariantCulture),
        _ => Of(seconds),
    };

    /// <summary>A number as digits and a power of ten, such as <c>3.37 × 10⁻¹⁰</c>.</summary>
    public static string Power(double value, int digits)
    {
        string[] parts = value.ToString("0." + new string('#', digits - 1) + "e+0", CultureInfo.InvariantCulture)
            .Split('e');
        string power = string.Concat(parts[1].TrimStart('+').Select(
            sign => sign == '-' ? '⁻' : Superscripts[sign - '0']));
        return parts[0] switch
        {
            "1" => $"10{power}",
            "-1" => $"-10{power}",
            _ => $"{parts[0]} × 10{power}",
        };
    }

    /// <summary>A text with the minus sign of typography.</summary>
    public static string Minus(string text) => text.Replace('-', '−');
}
