namespace NeuralNet.Metrics;

/// <summary>The mean over samples and outputs of the absolute error |o − e|.</summary>
/// <remarks>
/// As scikit-learn's <c>mean_absolute_error</c> and Keras's <c>MeanAbsoluteError</c>. Called a metric so that it can be
/// told from the loss of that name.
/// </remarks>
public sealed class MeanAbsoluteErrorMetric : IMetric
{
    /// <inheritdoc/>
    public string Name => "mae";

    /// <inheritdoc/>
    public IMetricAccumulator Start() => new ErrorAccumulator(ErrorFigure.MeanAbsolute, Name);
}
