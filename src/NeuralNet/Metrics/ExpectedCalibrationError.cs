using NeuralNet.Decisions;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// The expected calibration error: by how much probabilities differ from how often they come true, on average over
/// the samples. 0 is perfect.
/// </summary>
/// <remarks>
/// ECE = Σₖ nₖ/n |observedₖ − predictedₖ| over bins k of equal width: see <see cref="ReliabilityCurve"/>, and
/// <see cref="MaximumCalibrationError"/>. Of a single output, the probability is that of class 1; of several classes,
/// that of the class which is the most probable, as C. Guo and others (2017) have it, and true is what was right; of
/// labels, that of each answer. Logits are turned into probabilities. The figure grows with the number of bins, and of
/// few samples it is above 0 even where all is right.
/// </remarks>
public sealed class ExpectedCalibrationError : IMetric
{
    /// <summary>Makes the metric.</summary>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no bin.</exception>
    public ExpectedCalibrationError(int bins = 15) => Bins = Require.AtLeast(bins, 1);

    /// <summary>Number of bins.</summary>
    public int Bins { get; }

    /// <inheritdoc/>
    public string Name => "expected_calibration_error";

    /// <summary>
    /// The meaning of several outputs, classes or labels; learned from the network and its loss if null.
    /// </summary>
    public OutputMeaning? Meaning { get; init; }

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return new CalibrationErrorAccumulator(
            new OutputReading(Name, outputs, meaning: Meaning), Bins, counts => counts.ExpectedError());
    }
}
