using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>The square root of the mean squared error: an error in the unit of the targets.</summary>
/// <remarks>
/// As Keras's <c>RootMeanSquaredError</c>: for several outputs it is the root of the mean over all of them, so always
/// the root of <see cref="MeanSquaredErrorMetric"/>. scikit-learn's <c>mean_squared_error</c> with <c>squared=False</c>
/// is the mean of the outputs' roots, which is at most this.
/// </remarks>
public sealed class RootMeanSquaredError : IMetric
{
    private readonly int? _output;

    /// <summary>Makes the metric for all outputs together.</summary>
    public RootMeanSquaredError()
    {
    }

    private RootMeanSquaredError(int output)
    {
        _output = Require.AtLeast(output, 0);
    }

    /// <summary>The name in the history: <c>rmse</c>, or of one output such as <c>rmse_output_2</c>.</summary>
    public string Name =>
        _output is { } output ? string.Create(CultureInfo.InvariantCulture, $"rmse_output_{output}") : "rmse";

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static RootMeanSquaredError OfOutput(int output) => new(output);

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        BatchRows.RequireOutput(Name, _output, outputs);
        return new ErrorAccumulator(ErrorFigure.RootMeanSquared, Name, _output);
    }
}
