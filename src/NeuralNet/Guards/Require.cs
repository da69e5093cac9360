using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Guards;

/// <summary>
/// Checks of scalar settings: each returns the value, or throws an exception that names the argument, its range and the
/// value.
/// </summary>
internal static class Require
{
    /// <summary>Requires a finite number: no NaN and no infinity.</summary>
    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        double.IsFinite(value) ? value : throw OutOfRange(value, "a finite number", name);

    /// <summary>Requires a finite number, or null.</summary>
    public static double? FiniteOrNull(double? value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is { } number ? Finite(number, name) : null;

    /// <summary>Requires a number in (0, ∞).</summary>
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 && double.IsFinite(value) ? value : throw OutOfRange(value, "a finite number above 0", name);

    /// <summary>Requires a number in (0, ∞) that T does not round to 0.</summary>
    public static double PositiveIn<T>(double value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : IFloatingPointIeee754<T> =>
        T.CreateTruncating(Positive(value, name)) > T.Zero
            ? value
            : throw OutOfRange(value, $"above 0 in {typeof(T).Name}, which rounds this to 0", name);

    /// <summary>Requires a number in [0, ∞).</summary>
    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw OutOfRange(value, "a finite number, at least 0", name);

    /// <summary>Requires a number in [1, ∞).</summary>
    public static double AtLeastOne(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 1 && double.IsFinite(value) ? value : throw OutOfRange(value, "a finite number, at least 1", name);

    /// <summary>Requires a number in [0, 1).</summary>
    public static double Fraction(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and < 1 ? value : throw OutOfRange(value, "at least 0 and below 1", name, Percent(value));

    /// <summary>Requires a number in (0, 1].</summary>
    public static double Share(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is > 0 and <= 1 ? value : throw OutOfRange(value, "above 0 and at most 1", name, Percent(value));

    /// <summary>Requires a number in [0, 1].</summary>
    public static double Probability(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is >= 0 and <= 1 ? value : throw OutOfRange(value, "at least 0 and at most 1", name, Percent(value));

    /// <summary>Requires a number in (0, 1), the share of one of two parts.</summary>
    public static double ShareOfBoth(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value is > 0 and < 1 ? value : throw OutOfRange(value, "above 0 and below 1", name, Percent(value));

    /// <summary>Requires a whole number that is not below a least one.</summary>
    public static T AtLeast<T>(T value, T least, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : IBinaryInteger<T> =>
        value >= least ? value : throw OutOfRange(value, $"at least {least}", name);

    /// <summary>Requires a value that its enumeration has.</summary>
    public static TEnum Defined<TEnum>(TEnum value, [CallerArgumentExpression(nameof(value))] string name = "")
        where TEnum : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"There is no {typeof(TEnum).Name} {value}.");

    // What is said of a share that may have been meant as percent.
    private static string Percent(double value) =>
        value is > 1 and < 100
            ? string.Create(
                CultureInfo.InvariantCulture, $" It is a share, not percent: for {value} % set {value / 100}.")
            : "";

    private static ArgumentOutOfRangeException OutOfRange<T>(T value, string range, string name, string hint = "")
        where T : INumber<T> =>
        new(
            name,
            value,
            $"{name} must be {range}, but it is {value.ToString(null, CultureInfo.InvariantCulture)}.{hint}");
}
