namespace NeuralNet.Metrics;

/// <summary>The mean over samples and outputs of the squared error (o − e)².</summary>
/// <remarks>
/// As scikit-learn's <c>mean_squared_error</c> and Keras's <c>MeanSquaredError</c>. Called a metric so that it can be told
/// from the loss of that name.
/// </remarks>
public sealed class MeanSquaredErrorMetric : IMetric
{
    /// <inheritdoc/>
    public string Name => "mse";

    /// <inheritdoc/>
    public IMetricAccumulator Start() => new ErrorAccumulator(ErrorFigure.MeanSquared, Name);
}
