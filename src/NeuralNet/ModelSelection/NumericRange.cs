using System.Globalization;
using NeuralNet.Guards;
using NeuralNet.Randomness;

namespace NeuralNet.ModelSelection;

/// <summary>A setting that is a number from a range.</summary>
public sealed class NumericRange : Hyperparameter
{
    internal NumericRange(string name, double min, double max, bool isLogarithmic)
        : base(name)
    {
        Require.Finite(min);
        Require.Finite(max);
        if (isLogarithmic)
        {
            Require.Positive(min);
        }

        if (max <= min)
        {
            throw new ArgumentOutOfRangeException(
                nameof(max),
                max,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The greatest value of '{name}' must be above the least, {min}, but it is {max}."));
        }

        Min = min;
        Max = max;
        IsLogarithmic = isLogarithmic;
    }

    /// <summary>The least value.</summary>
    public double Min { get; }

    /// <summary>The greatest value.</summary>
    public double Max { get; }

    /// <summary>
    /// Whether values are drawn evenly on a logarithmic scale: every order of magnitude is equally likely.
    /// </summary>
    public bool IsLogarithmic { get; }

    internal override int? Count => null;

    internal override object? At(int index) =>
        throw new InvalidOperationException($"'{Name}' has too many values to count them.");

    internal override object? Draw(RandomStream stream)
    {
        // 53 bits, from 0 to below 1.
        double share = (stream.Bits(0) >> 11) * (1.0 / (1L << 53));
        double value = IsLogarithmic ? Min * Math.Pow(Max / Min, share) : Min + ((Max - Min) * share);
        return Math.Clamp(value, Min, Max);
    }
}
