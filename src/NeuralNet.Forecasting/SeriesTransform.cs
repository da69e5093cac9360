namespace NeuralNet.Forecasting;

/// <summary>
/// A function that targets pass through before they are scaled, and whose inverse forecasts pass through: for values
/// that vary the more, the larger they are.
/// </summary>
/// <remarks>
/// Quantiles stay what they are. The forecast of a network that is trained with the squared error is the inverse of a
/// mean, which is a little lower than the mean of the values.
/// </remarks>
public enum SeriesTransform
{
    /// <summary>Values stay as they are. The default.</summary>
    None,

    /// <summary>√x, for counts and the like; no value may be below 0. The inverse of what is below 0 is 0.</summary>
    SquareRoot,

    /// <summary>ln x, for what grows by percentages; all values must be above 0.</summary>
    Log,
}
