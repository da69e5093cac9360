using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Samples.ChainRule;

/// <summary>Symbols and numbers as the formulas write them: z⁽²⁾₁, ∂L/∂w⁽²⁾₁₂, −0.25.</summary>
internal static class Notation
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private const string Subscripts = "₀₁₂₃₄₅₆₇₈₉";

    /// <summary>A symbol of layer l, such as W⁽²⁾.</summary>
    public static string Of(string symbol, int layer) => $"{symbol}⁽{Digits(layer, Superscripts)}⁾";

    /// <summary>A symbol of neuron j of layer l, such as z⁽²⁾₁. Indices are given from 0 and written from 1.</summary>
    public static string Of(string symbol, int layer, int neuron) =>
        Of(symbol, layer) + Digits(neuron + 1, Subscripts);

    /// <summary>A weight to neuron j of layer l from neuron k of the layer before, such as w⁽²⁾₁₂.</summary>
    public static string Weight(int layer, int neuron, int input) =>
        Of("w", layer, neuron) + Digits(input + 1, Subscripts);

    /// <summary>tⱼ.</summary>
    public static string Target(int neuron) => "t" + Digits(neuron + 1, Subscripts);

    /// <summary>∂top/∂bottom.</summary>
    public static string Derivative(string top, string bottom) => $"∂{top}/∂{bottom}";

    /// <summary>A number with six digits.</summary>
    public static string Show(double number) => Sign(number.ToString("G6", CultureInfo.InvariantCulture));

    /// <summary>A number as a factor or a subtrahend: in parentheses if it is negative.</summary>
    public static string Factor(double number) => number < 0 ? $"({Show(number)})" : Show(number);

    /// <summary>A number rounded to two digits, such as 3.1E−12.</summary>
    public static string About(double number) => Sign(number.ToString("0.0E-0", CultureInfo.InvariantCulture));

    /// <summary>A vector on one line.</summary>
    public static string Show(Vector<double> vector) => $"({string.Join(", ", vector.Select(Show))})";

    /// <summary>A matrix on one line, its rows apart.</summary>
    public static string Show(Matrix<double> matrix) =>
        $"[ {string.Join(" ; ", matrix.EnumerateRows().Select(row => string.Join("  ", row.Select(Show))))} ]";

    private static string Digits(int number, string digits) =>
        string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(digit => digits[digit - '0']));

    // The minus sign of the formulas is as wide as their plus; that of programs is a hyphen.
    private static string Sign(string number) => number.Replace('-', '−');
}
