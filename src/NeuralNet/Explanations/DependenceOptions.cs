using NeuralNet.Guards;

namespace NeuralNet.Explanations;

/// <summary>The options of a partial dependence.</summary>
public sealed class DependenceOptions
{
    private readonly int _gridSize = 20;
    private readonly (double Lower, double Upper) _quantiles = (0.05, 0.95);
    private readonly int? _threads;

    /// <summary>
    /// The most values of a number that are tried; 20 unless set. Where the samples have no more different ones, it is
    /// these; otherwise it is quantiles, so that there are values where there are samples.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 2.</exception>
    public int GridSize
    {
        get => _gridSize;
        init => _gridSize = Require.AtLeast(value, 2, nameof(GridSize));
    }

    /// <summary>
    /// The quantiles of the first and the last value; 0.05 and 0.95 unless set, so that outliers do not count.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to values that are not 0 ≤ lower &lt; upper ≤ 1.</exception>
    public (double Lower, double Upper) Quantiles
    {
        get => _quantiles;
        init => _quantiles = value.Lower >= 0 && value.Lower < value.Upper && value.Upper <= 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Quantiles), value, "The quantiles must be shares from 0 to 1, the lower below the upper.");
    }

    /// <summary>The values of a number to try, in this order, in place of quantiles; null for these.</summary>
    public IReadOnlyList<double>? Grid { get; init; }

    /// <summary>
    /// Whether the curve of each sample is kept, beside their mean; false unless set, as it takes memory.
    /// </summary>
    public bool KeepsCurves { get; init; }

    /// <summary>
    /// Most threads at work; as many as there are processors if null. The result is the same to the bit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Set to a value below 1.</exception>
    public int? Threads
    {
        get => _threads;
        init => _threads = value is { } threads ? Require.AtLeast(threads, 1, nameof(Threads)) : null;
    }

    /// <summary>
    /// The values to try of a number: those of <see cref="Grid"/> if given, else those that occur or, if these are
    /// many, quantiles, as numpy's <c>quantile</c> interpolates them. A value that very many samples have, such as 0,
    /// counts once, and the quantiles are those of the others.
    /// </summary>
    /// <param name="values">The values of the samples; those that are not finite, as missing ones, are left out.
    /// </param>
    /// <param name="name">The name of the feature in messages.</param>
    /// <returns>The values, ascending unless given.</returns>
    /// <exception cref="ArgumentException">There is no value, or one that was given is not finite.</exception>
    public double[] ValuesOf(IEnumerable<double> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (Grid is { } given)
        {
            return given.Count > 0 && given.All(double.IsFinite)
                ? [.. given]
                : throw new ArgumentException(
                    $"{nameof(Grid)} must hold at least one value, and finite ones only, but it is "
                    + FormattableString.Invariant($"[{string.Join(", ", given)}]."),
                    nameof(values));
        }

        double[] sorted = [.. values.Where(double.IsFinite)];
        if (sorted.Length == 0)
        {
            throw new ArgumentException(
                $"No sample has a value of {MessageText.Quoted(name)}, so there is none to try; give "
                + $"{nameof(DependenceOptions)}.{nameof(Grid)}.",
                nameof(values));
        }

        Array.Sort(sorted);
        KeyValuePair<double, int>[] distinct = [.. sorted.CountBy(value => value)];
        if (distinct.Length <= GridSize)
        {
            return Array.ConvertAll(distinct, one => one.Key);
        }

        // What more samples have than one value stands for, such as the 0 of an amount that most lack, would take
        // several quantiles: it is a value by itself, and the quantiles are those of the others.
        int most = sorted.Length / GridSize;
        HashSet<double> heavy = [.. distinct.Where(one => one.Value > most).Select(one => one.Key)];
        double[] light = Array.FindAll(sorted, value => !heavy.Contains(value));
        return [.. heavy.Concat(QuantilesOf(light, Math.Max(2, GridSize - heavy.Count))).Distinct().Order()];
    }

    private IEnumerable<double> QuantilesOf(double[] sorted, int count)
    {
        for (int k = 0; k < count; k++)
        {
            double share = Quantiles.Lower + ((Quantiles.Upper - Quantiles.Lower) * k / (count - 1));
            double place = (sorted.Length - 1) * Math.Min(share, 1);
            int below = (int)place;
            int above = Math.Min(below + 1, sorted.Length - 1);
            yield return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
        }
    }
}
