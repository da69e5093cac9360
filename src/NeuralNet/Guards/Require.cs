using System.Globalization;
using System.Runtime.CompilerServices;

namespace NeuralNet.Guards;

/// <summary>Checks of scalar hyperparameters, each refusal naming the argument, its range and what came.</summary>
internal static class Require
{
    /// <summary>Refuses NaN and the infinities.</summary>
    public static void Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!double.IsFinite(value))
        {
            throw OutOfRange(value, "a finite number", name);
        }
    }

    /// <summary>Refuses what is not in (0, ∞).</summary>
    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0 && double.IsFinite(value)))
        {
            throw OutOfRange(value, "a finite number above 0", name);
        }
    }

    /// <summary>Refuses what is not in [0, ∞).</summary>
    public static void NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw OutOfRange(value, "a finite number, at least 0", name);
        }
    }

    /// <summary>Refuses what is not in [1, ∞).</summary>
    public static void AtLeastOne(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 1 && double.IsFinite(value)))
        {
            throw OutOfRange(value, "a finite number, at least 1", name);
        }
    }

    /// <summary>Refuses what is not in [0, 1).</summary>
    public static void Fraction(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value >= 0 && value < 1))
        {
            throw OutOfRange(value, "at least 0 and below 1", name);
        }
    }

    /// <summary>Refuses what is not in (0, 1].</summary>
    public static void Share(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0 && value <= 1))
        {
            throw OutOfRange(value, "above 0 and at most 1", name);
        }
    }

    private static ArgumentOutOfRangeException OutOfRange(double value, string range, string name) =>
        new(name, value, $"{name} must be {range}, but it is {value.ToString(CultureInfo.InvariantCulture)}.");
}
