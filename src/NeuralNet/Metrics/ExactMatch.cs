using NeuralNet.Decisions;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// Share of the samples of which every output is on the right side of the threshold: for several yes-or-no questions
/// with one output each.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>accuracy_score</c> of several labels, also called subset accuracy. The share of single answers
/// that are right is <see cref="BinaryAccuracy"/>. <see cref="IMetric"/> says what outputs mean.
/// </remarks>
public sealed class ExactMatch : IMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="threshold">
    /// The threshold above which an output means yes; if null, it follows from the network and its loss.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threshold"/> is not finite.</exception>
    public ExactMatch(double? threshold = null)
    {
        Threshold = Require.FiniteOrNull(threshold);
    }

    /// <summary>The threshold above which an output means yes; null if it follows from the network.</summary>
    public double? Threshold { get; }

    /// <summary>
    /// The name in the history; <c>exact_match</c> by default. Set it to measure at several thresholds.
    /// </summary>
    /// <exception cref="ArgumentException">The value is null or blank.</exception>
    public string Name
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Name));
            field = value;
        }
    } = "exact_match";

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return new Accumulator(new OutputReading(Name, outputs, Threshold)).Begin();
    }

    private sealed class Accumulator(OutputReading reading) : ShareAccumulator(reading)
    {
        protected override void RequireOutputs(int outputs) => Reading.RequireLabels(outputs);

        protected override int Judge<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
        {
            int right = 1;
            for (int i = 0; i < outputs.Length; i++)
            {
                int predicted = Decision.YesOrNone(outputs[i], Reading.ThresholdOf(i));
                int actual = Decision.YesOrNone(targets[i], Decision.Middle);
                if (predicted == Decision.None || actual == Decision.None)
                {
                    return Decision.None;
                }

                right &= predicted == actual ? 1 : 0;
            }

            return right;
        }
    }
}
