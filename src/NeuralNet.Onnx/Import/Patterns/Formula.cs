using System.Globalization;

namespace NeuralNet.Onnx.Import.Patterns;

/// <summary>
/// A formula in one variable x, written as c·f₁^n₁·f₂^n₂·…, where a factor is x, a sum, or a function of a formula. Two
/// ways to compute the same product in another order have one formula, and so one <see cref="Key"/>.
/// </summary>
internal sealed class Formula
{
    /// <summary>
    /// The limit on factors, on powers, and on the nesting of sums and functions; no activation reaches it.
    /// </summary>
    private const int Most = 4;

    private readonly double _coefficient;
    private readonly Factor[] _factors;
    private readonly int _depth;

    private Formula(double coefficient, Factor[] factors, int depth)
    {
        _coefficient = coefficient;
        _factors = factors;
        _depth = depth;
        Key = Rounded(coefficient) + string.Concat(factors.Select(factor => factor.Power == 1
            ? "*" + factor.Key
            : string.Create(CultureInfo.InvariantCulture, $"*{factor.Key}^{factor.Power}")));
    }

    /// <summary>x itself.</summary>
    public static Formula Variable { get; } = new(1, [new("x", 1, null)], 0);

    /// <summary>
    /// The formula as text, its numbers to five digits, as exporters write some constants to no more than seven.
    /// </summary>
    public string Key { get; }

    /// <summary>c, if the formula is just a constant.</summary>
    public double? Value => _factors.Length == 0 ? _coefficient : null;

    /// <summary>True if the formula has more terms than any activation, so that it is not searched.</summary>
    public bool IsTooLarge =>
        _depth > Most || _factors.Length > Most || _factors.Any(factor => Math.Abs(factor.Power) > Most);

    /// <summary>True if the formula is a number times the input, c·x.</summary>
    public bool IsScaled => _depth == 0 && _factors is [{ Power: 1 }];

    public static Formula Number(double value) => new(value, [], 0);

    /// <summary>A function of a formula, its options being part of the name.</summary>
    public static Formula Function(string name, Formula argument) =>
        new(1, [new($"{name}({argument.Key})", 1, argument)], argument._depth + 1);

    /// <summary>The options of a function as part of its name.</summary>
    public static string Options(params IReadOnlyList<double> values) =>
        $"[{string.Join(',', values.Select(Rounded))}]";

    public static Formula operator *(Formula left, Formula right) => left.Times(right, 1);

    public static Formula operator /(Formula left, Formula right) => left.Times(right, -1);

    public static Formula operator +(Formula left, Formula right)
    {
        if (left.Value is double a && right.Value is double b)
        {
            return Number(a + b);
        }

        (Formula first, Formula second) =
            string.CompareOrdinal(left.Key, right.Key) <= 0 ? (left, right) : (right, left);
        return new(1, [new($"({first.Key}+{second.Key})", 1, null)], Math.Max(left._depth, right._depth) + 1);
    }

    public static Formula operator -(Formula formula) => new(-formula._coefficient, formula._factors, formula._depth);

    /// <summary>A whole power; null for another one.</summary>
    public Formula? Power(double exponent) => exponent is >= 1 and <= Most && double.IsInteger(exponent)
        ? Enumerable.Repeat(this, (int)exponent).Aggregate((product, factor) => product * factor)
        : null;

    /// <summary>c and d where the formula is c·name(d·x).</summary>
    public (double Outer, double Inner)? Scaled(string name) =>
        _factors is [{ Power: 1, Argument: { IsScaled: true } argument } factor]
            && factor.Key.StartsWith(name + "(", StringComparison.Ordinal)
            ? (_coefficient, argument._coefficient)
            : null;

    /// <summary>c and d where the formula is c·x·name(d·x).</summary>
    public (double Outer, double Inner)? TimesVariable(string name) =>
        _factors is [{ Power: 1 } first, { Power: 1 } second]
            && (first.Key == "x" ? second : second.Key == "x" ? first : default)
                is { Argument: { IsScaled: true } argument } factor
            && factor.Key.StartsWith(name + "(", StringComparison.Ordinal)
            ? (_coefficient, argument._coefficient)
            : null;

    private static string Rounded(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    // Both lists are in the order of their keys, and so is what they merge to.
    private Formula Times(Formula other, int sign)
    {
        double coefficient = sign > 0 ? _coefficient * other._coefficient : _coefficient / other._coefficient;
        if (other._factors.Length == 0)
        {
            return new(coefficient, _factors, _depth);
        }

        var factors = new List<Factor>(_factors.Length + other._factors.Length);
        (int i, int j) = (0, 0);
        while (i < _factors.Length || j < other._factors.Length)
        {
            int order = i == _factors.Length ? 1
                : j == other._factors.Length ? -1
                : string.CompareOrdinal(_factors[i].Key, other._factors[j].Key);
            Factor factor = order <= 0 ? _factors[i] : other._factors[j];
            int power = (order <= 0 ? _factors[i++].Power : 0) + (order >= 0 ? sign * other._factors[j++].Power : 0);
            if (power != 0)
            {
                factors.Add(factor with { Power = power });
            }
        }

        return new(coefficient, [.. factors], Math.Max(_depth, other._depth));
    }

    private readonly record struct Factor(string Key, int Power, Formula? Argument);
}
