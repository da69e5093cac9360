using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>The largest |o − e| over samples and outputs: the worst that happened.</summary>
/// <remarks>
/// As scikit-learn's <c>max_error</c>, which takes a single output. Weights do not change it, but that a sample that
/// weighs 0 is not there.
/// </remarks>
public sealed class MaximumError : IMetric
{
    private readonly int? _output;

    /// <summary>Makes the metric for all outputs together.</summary>
    public MaximumError()
    {
    }

    private MaximumError(int output)
    {
        _output = Require.AtLeast(output, 0);
    }

    /// <summary>
    /// The name in the history: <c>max_error</c>, or of one output such as <c>max_error_output_2</c>.
    /// </summary>
    public string Name =>
        _output is { } output
            ? string.Create(CultureInfo.InvariantCulture, $"max_error_output_{output}")
            : "max_error";

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static MaximumError OfOutput(int output) => new(output);

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        BatchRows.RequireOutput(Name, _output, outputs);
        return new MaximumAccumulator(Name, _output);
    }
}
