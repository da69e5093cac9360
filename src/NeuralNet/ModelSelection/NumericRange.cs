using NeuralNet.Guards;
using NeuralNet.Randomness;

namespace NeuralNet.ModelSelection;

/// <summary>A setting that is a number from a range.</summary>
public sealed class NumericRange : Hyperparameter
{
    internal NumericRange(string name, double least, double most, bool isLogarithmic)
        : base(name)
    {
        Require.Finite(least);
        Require.Finite(most);
        if (isLogarithmic)
        {
            Require.Positive(least);
        }

        if (most <= least)
        {
            throw new ArgumentOutOfRangeException(
                nameof(most), most, FormattableString.Invariant($"The greatest value of '{name}' must be above the least, {least}, but it is {most}."));
        }

        Least = least;
        Most = most;
        IsLogarithmic = isLogarithmic;
    }

    /// <summary>The least value.</summary>
    public double Least { get; }

    /// <summary>The greatest value.</summary>
    public double Most { get; }

    /// <summary>Whether every order of magnitude is as likely as the others.</summary>
    public bool IsLogarithmic { get; }

    internal override int? Count => null;

    internal override object? At(int index) => throw new InvalidOperationException($"'{Name}' has too many values to count them.");

    internal override object? Draw(RandomStream stream)
    {
        // 53 bits, from 0 to below 1.
        double share = (stream.Bits(0) >> 11) * (1.0 / (1L << 53));
        double value = IsLogarithmic ? Least * Math.Pow(Most / Least, share) : Least + ((Most - Least) * share);
        return Math.Clamp(value, Least, Most);
    }
}
