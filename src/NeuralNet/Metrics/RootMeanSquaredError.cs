namespace NeuralNet.Metrics;

/// <summary>The square root of the mean squared error: an error in the unit of the targets.</summary>
/// <remarks>
/// As Keras's <c>RootMeanSquaredError</c>: of several outputs it is the root of the mean over them all, and so always the
/// root of <see cref="MeanSquaredErrorMetric"/>. scikit-learn's <c>mean_squared_error</c> with <c>squared=False</c> is the
/// mean of the outputs' roots, which is at most this.
/// </remarks>
public sealed class RootMeanSquaredError : IMetric
{
    /// <inheritdoc/>
    public string Name => "rmse";

    /// <inheritdoc/>
    public IMetricAccumulator Start() => new ErrorAccumulator(ErrorFigure.RootMeanSquared, Name);
}
