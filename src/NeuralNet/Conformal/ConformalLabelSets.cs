using NeuralNet.Guards;

namespace NeuralNet.Conformal;

/// <summary>
/// Says which classes a sample may be of, so that the right one is among them as often as was asked for: those whose
/// score is at most a limit.
/// </summary>
/// <remarks>
/// Split conformal prediction: see <see cref="ConformalQuantile"/> for what is guaranteed, and
/// <see cref="ConformalScore"/> for the scores. With one limit, the coverage is that over all classes together; with
/// one for each class, that of the samples of each class (Vovk's Mondrian form).
/// </remarks>
public sealed class ConformalLabelSets
{
    private readonly double[] _limits;

    /// <summary>Makes the sets from their numbers.</summary>
    /// <param name="score">The score.</param>
    /// <param name="coverage">The share of samples whose class is in their set, above 0 and below 1.</param>
    /// <param name="limits">The greatest score of a class in a set: one, or one for each class.</param>
    /// <exception cref="ArgumentException">There is no limit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such score or coverage, or a limit is not finite.
    /// </exception>
    public ConformalLabelSets(ConformalScore score, double coverage, IReadOnlyList<double> limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        Score = Require.Defined(score);
        Coverage = Require.ShareOfBoth(coverage);
        _limits = [.. limits];
        if (_limits.Length == 0)
        {
            throw new ArgumentException("There must be a limit, but there is none.", nameof(limits));
        }

        Array.ForEach(_limits, limit => Require.Finite(limit, nameof(limits)));
    }

    /// <summary>The score.</summary>
    public ConformalScore Score { get; }

    /// <summary>The share of samples whose class is meant to be in their set.</summary>
    public double Coverage { get; }

    /// <summary>The greatest score of a class in a set: one for all, or one for each class.</summary>
    public IReadOnlyList<double> Limits => _limits;

    /// <summary>True if each class has a limit of its own.</summary>
    public bool IsPerClass => _limits.Length > 1;

    /// <summary>Finds the classes that a sample may be of.</summary>
    /// <param name="probabilities">The probability of each class.</param>
    /// <returns>The classes, from 0, in ascending order.</returns>
    /// <exception cref="ArgumentException">There are not as many as limits, or one is NaN.</exception>
    public int[] Of(ReadOnlySpan<double> probabilities)
    {
        if ((IsPerClass && probabilities.Length != _limits.Length) || probabilities.Length < 2)
        {
            throw new ArgumentException(
                $"There must be a probability for each of {(IsPerClass ? _limits.Length : "several")} classes, but "
                + $"there {Quantity.Are(probabilities.Length, "number")}.",
                nameof(probabilities));
        }

        _ = Decisions.Decision.Largest(probabilities);
        var set = new List<int>();
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (ConformalScores.Of(Score, probabilities, i) <= _limits[IsPerClass ? i : 0])
            {
                set.Add(i);
            }
        }

        return [.. set];
    }

    /// <summary>The sets in words.</summary>
    /// <returns>Such as <c>label sets for 90 %, least ambiguous, per class</c>.</returns>
    public override string ToString() =>
        FormattableString.Invariant($"label sets for {Coverage * 100:0.##} %, ")
        + (Score == ConformalScore.Adaptive ? "adaptive" : "least ambiguous")
        + (IsPerClass ? ", per class" : "");

    /// <summary>Finds the limits from samples that the classifier was not trained on.</summary>
    /// <param name="probabilities">The probabilities, sample after sample.</param>
    /// <param name="actual">The class of each sample.</param>
    /// <param name="names">The name of each class.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="score">The score.</param>
    /// <param name="perClass">Whether each class has a limit of its own.</param>
    /// <param name="argument">The argument that the samples come from.</param>
    /// <exception cref="ArgumentException">There are too few samples, of a class where each has its limit.</exception>
    internal static ConformalLabelSets Fit(
        ReadOnlySpan<double> probabilities,
        int[] actual,
        IReadOnlyList<string> names,
        double coverage,
        ConformalScore score,
        bool perClass,
        string argument)
    {
        Require.Defined(score);
        int classes = names.Count;
        double[] scores = new double[actual.Length];
        for (int j = 0; j < scores.Length; j++)
        {
            scores[j] = ConformalScores.Of(score, probabilities.Slice(j * classes, classes), actual[j]);
        }

        double[] limits = new double[perClass ? classes : 1];
        for (int k = 0; k < limits.Length; k++)
        {
            limits[k] = perClass
                ? ConformalQuantile.Of(
                    [.. scores.Where((_, j) => actual[j] == k)],
                    coverage,
                    argument,
                    $" of class {MessageText.Quoted(names[k])}")
                : ConformalQuantile.Of(scores, coverage, argument);
        }

        return new(score, coverage, limits);
    }
}
