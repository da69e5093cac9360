using System.Globalization;

namespace NeuralNet.Onnx.Import;

/// <summary>
/// A formula in one variable x, written as c·f₁^n₁·f₂^n₂·…, where a factor is x, a sum, or a function of a formula. Two ways
/// to compute the same product in another order have one formula, and so one <see cref="Key"/>.
/// </summary>
internal sealed class Formula
{
    private const int MostPower = 8;

    private readonly double _coefficient;
    private readonly SortedDictionary<string, Factor> _factors;

    private Formula(double coefficient, SortedDictionary<string, Factor> factors)
    {
        _coefficient = coefficient;
        _factors = factors;
        Key = string.Join(
            '*',
            factors.Select(pair => pair.Value.Power == 1 ? pair.Key : $"{pair.Key}^{pair.Value.Power}").Prepend(Rounded(coefficient)));
    }

    /// <summary>x itself.</summary>
    public static Formula Variable { get; } = Of("x", null);

    /// <summary>The formula as text, its numbers to five digits, as exporters write some constants to no more than seven.</summary>
    public string Key { get; }

    /// <summary>c, where nothing else is left of the formula.</summary>
    public double? Value => _factors.Count == 0 ? _coefficient : null;

    public static Formula Number(double value) => new(value, []);

    /// <summary>A function of a formula, its options being part of the name.</summary>
    public static Formula Function(string name, Formula argument) => Of($"{name}({argument.Key})", argument);

    /// <summary>The options of a function as part of its name.</summary>
    public static string Options(params IReadOnlyList<double> values) => $"[{string.Join(',', values.Select(Rounded))}]";

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
        return Of($"({first.Key}+{second.Key})", null);
    }

    public static Formula operator -(Formula formula) => formula * Number(-1);

    /// <summary>A whole power.</summary>
    public Formula? Power(double exponent) => exponent is >= 1 and <= 4 && double.IsInteger(exponent)
        ? Enumerable.Repeat(this, (int)exponent).Aggregate((product, factor) => product * factor)
        : null;

    /// <summary>c and d where the formula is c·name(d·x).</summary>
    public (double Outer, double Inner)? Scaled(string name)
    {
        if (_factors.Count != 1)
        {
            return null;
        }

        (string key, Factor factor) = _factors.First();
        return factor is { Power: 1, Argument: { } argument } && key.StartsWith(name + "(", StringComparison.Ordinal)
            && argument._factors.Count == 1 && argument._factors.TryGetValue("x", out Factor? x) && x.Power == 1
            ? (_coefficient, argument._coefficient)
            : null;
    }

    private static Formula Of(string key, Formula? argument) => new(1, new(StringComparer.Ordinal) { [key] = new(1, argument) });

    private static string Rounded(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private Formula Times(Formula other, int sign)
    {
        var factors = new SortedDictionary<string, Factor>(_factors, StringComparer.Ordinal);
        foreach ((string key, Factor factor) in other._factors)
        {
            int power = (factors.TryGetValue(key, out Factor? mine) ? mine.Power : 0) + (sign * factor.Power);
            if (power == 0)
            {
                factors.Remove(key);
            }
            else
            {
                // No activation has such a power; what is cut off here is recognized as nothing.
                factors[key] = new(Math.Clamp(power, -MostPower, MostPower), factor.Argument);
            }
        }

        return new(sign > 0 ? _coefficient * other._coefficient : _coefficient / other._coefficient, factors);
    }

    private sealed record Factor(int Power, Formula? Argument);
}
