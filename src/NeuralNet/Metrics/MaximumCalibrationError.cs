using NeuralNet.Decisions;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// The maximum calibration error: by how much probabilities differ from how often they come true, in the bin where
/// they differ most. 0 is perfect.
/// </summary>
/// <remarks>
/// MCE = maxₖ |observedₖ − predictedₖ| over bins k of equal width, however few samples a bin has: see
/// <see cref="ReliabilityCurve"/>, and <see cref="ExpectedCalibrationError"/>. Of a single output, the probability is
/// that of class 1; of several classes, that of the class which is the most probable, as C. Guo and others (2017) have
/// it, and true is what was right; of labels, that of each answer. Logits are turned into probabilities. The figure
/// grows with the number of bins, and of few samples it is above 0 even where all is right.
/// </remarks>
public sealed class MaximumCalibrationError : IMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no bin.</exception>
    public MaximumCalibrationError(int bins = 15) => Bins = Require.AtLeast(bins, 1);

    /// <summary>Number of bins.</summary>
    public int Bins { get; }

    /// <inheritdoc/>
    public string Name => "maximum_calibration_error";

    /// <summary>
    /// The meaning of several outputs, classes or labels; learned from the network and its loss if null.
    /// </summary>
    public OutputMeaning? Meaning { get; init; }

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return new CalibrationErrorAccumulator(
            new OutputReading(Name, outputs, meaning: Meaning), Bins, counts => counts.MaximumError());
    }
}
