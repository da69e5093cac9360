using System.Globalization;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>
/// The square root of the mean squared logarithmic error: 0.1 is an error of about 10 % of 1 + e. It is called RMSLE.
/// </summary>
/// <remarks>
/// For several outputs it is the root of the mean over all of them, so always the root of
/// <see cref="MeanSquaredLogarithmicError"/>, which says what numbers it takes. scikit-learn's
/// <c>mean_squared_log_error</c> with <c>squared=False</c> is the mean of the outputs' roots.
/// </remarks>
public sealed class RootMeanSquaredLogarithmicError : IMetric
{
    private readonly int? _output;

    /// <summary>Makes the metric for all outputs together.</summary>
    public RootMeanSquaredLogarithmicError()
    {
    }

    private RootMeanSquaredLogarithmicError(int output)
    {
        _output = Require.AtLeast(output, 0);
    }

    /// <summary>The name in the history: <c>rmsle</c>, or of one output such as <c>rmsle_output_2</c>.</summary>
    public string Name =>
        _output is { } output
            ? string.Create(CultureInfo.InvariantCulture, $"rmsle_output_{output}")
            : "rmsle";

    /// <summary>Makes the metric for one output alone; outputs may have different units.</summary>
    /// <param name="output">The output, from 0.</param>
    /// <returns>The metric.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The output is negative.</exception>
    public static RootMeanSquaredLogarithmicError OfOutput(int output) => new(output);

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        BatchRows.RequireOutput(Name, _output, outputs);
        return new ErrorAccumulator(ErrorFigure.RootMeanSquaredLogarithmic, Name, _output);
    }
}
