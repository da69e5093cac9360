using NeuralNet.Guards;

namespace NeuralNet.Calibrations;

/// <summary>
/// A function of a logit that nowhere decreases: straight between points (zₖ, pₖ), constant beyond the first and the
/// last.
/// </summary>
/// <remarks>
/// B. Zadrozny and C. Elkan (2002). Of all such functions, the one with the least squared distance from the answers, 1
/// for yes and 0 for no, found by pooling adjacent violators, as scikit-learn's
/// <c>IsotonicRegression(out_of_bounds="clip")</c>. It may say 0 or 1, which a single sample contradicts, and makes
/// different logits equal where the data have no order. It takes a single logit: for several classes there is
/// <see cref="OneVersusRestCalibration"/>, for labels <see cref="PerLabelCalibration"/>.
/// </remarks>
public sealed class IsotonicCalibration : ICalibration
{
    private readonly double[] _scores;
    private readonly double[] _probabilities;

    /// <summary>Makes the calibration from its points.</summary>
    /// <param name="scores">The logits zₖ, ascending and finite.</param>
    /// <param name="probabilities">The probabilities pₖ, from 0 to 1, none below the one before.</param>
    /// <exception cref="ArgumentException">There is no point, or they are not in order.</exception>
    public IsotonicCalibration(IReadOnlyList<double> scores, IReadOnlyList<double> probabilities)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(probabilities);
        _scores = [.. scores];
        _probabilities = [.. probabilities];
        if (_scores.Length == 0 || _scores.Length != _probabilities.Length)
        {
            throw new ArgumentException(
                $"Each point has a logit and a probability, but there {Quantity.Are(_scores.Length, "logit")} and "
                + $"{Quantity.Of(_probabilities.Length, "probability", "probabilities")}.",
                nameof(probabilities));
        }

        for (int k = 0; k < _scores.Length; k++)
        {
            Require.Finite(_scores[k], $"{nameof(scores)}[{k}]");
            Require.Probability(_probabilities[k], $"{nameof(probabilities)}[{k}]");
            if (k > 0 && !(_scores[k] > _scores[k - 1] && _probabilities[k] >= _probabilities[k - 1]))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Logits ascend and probabilities do not decrease, but ({_scores[k]}, {_probabilities[k]}) ")
                    + FormattableString.Invariant($"follows ({_scores[k - 1]}, {_probabilities[k - 1]})."),
                    nameof(scores));
            }
        }
    }

    /// <summary>The logits zₖ of the points.</summary>
    public IReadOnlyList<double> Scores => _scores;

    /// <summary>The probabilities pₖ of the points.</summary>
    public IReadOnlyList<double> Probabilities => _probabilities;

    /// <inheritdoc/>
    public int? OutputSize => 1;

    /// <inheritdoc/>
    public void Apply(Span<double> scores)
    {
        double z = scores[0];
        int at = Array.BinarySearch(_scores, z);
        int above = ~at;
        scores[0] = double.IsNaN(z) ? double.NaN
            : at >= 0 ? _probabilities[at]
            : above == 0 ? _probabilities[0]
            : above == _scores.Length ? _probabilities[^1]
            : Between(z, above);
    }

    /// <summary>The number of points in words.</summary>
    /// <returns>Such as <c>isotonic, 37 points</c>.</returns>
    public override string ToString() => $"isotonic, {Quantity.Of(_scores.Length, "point")}";

    /// <summary>Finds the function of the least squares.</summary>
    /// <param name="logits">The logit of each sample, finite.</param>
    /// <param name="answers">1 for yes and 0 for no.</param>
    internal static IsotonicCalibration Fit(ReadOnlySpan<double> logits, ReadOnlySpan<int> answers)
    {
        double[] sorted = logits.ToArray();
        int[] ordered = answers.ToArray();
        Array.Sort(sorted, ordered);
        var blocks = new Stack<Block>();
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            long yes = 0;
            for (end = start; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
                yes += ordered[end];
            }

            // A block that lies below the one before is pooled with it.
            var block = new Block(sorted[start], sorted[start], yes, end - start);
            while (blocks.TryPeek(out Block before) && before.IsNotBelow(block))
            {
                block = new(before.First, block.Last, before.Yes + block.Yes, before.Count + block.Count);
                _ = blocks.Pop();
            }

            blocks.Push(block);
        }

        var scores = new List<double>();
        var probabilities = new List<double>();
        foreach (Block block in blocks.Reverse())
        {
            scores.Add(block.First);
            probabilities.Add((double)block.Yes / block.Count);
            if (block.Last > block.First)
            {
                scores.Add(block.Last);
                probabilities.Add(probabilities[^1]);
            }
        }

        return new(scores, probabilities);
    }

    private double Between(double z, int above)
    {
        (double low, double high) = (_scores[above - 1], _scores[above]);

        // Halved, so that their distance cannot overflow.
        double share = ((z / 2) - (low / 2)) / ((high / 2) - (low / 2));
        return Math.Min(
            _probabilities[above],
            _probabilities[above - 1] + (share * (_probabilities[above] - _probabilities[above - 1])));
    }

    // Compared as whole numbers, yes/count ≥ yes/count, without rounding.
    private readonly record struct Block(double First, double Last, long Yes, long Count)
    {
        public bool IsNotBelow(Block next) => Yes * next.Count >= next.Yes * Count;
    }
}
