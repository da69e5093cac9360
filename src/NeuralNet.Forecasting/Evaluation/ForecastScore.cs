namespace NeuralNet.Forecasting.Evaluation;

/// <summary>The errors of the forecasts of one method for one target, over all steps of all windows.</summary>
/// <param name="Name">The method, such as <c>seasonal naive (12)</c>.</param>
/// <param name="Target">The column that is predicted.</param>
/// <param name="Mae">The mean absolute error, in the unit of the target.</param>
/// <param name="Rmse">The root of the mean squared error, in the unit of the target.</param>
/// <param name="Mape">
/// The mean error relative to the target, a share: 0.1 is 10 %; infinite if a target is 0.
/// </param>
/// <param name="Smape">The mean error relative to the mean size of forecast and target, from 0 to 2.</param>
/// <param name="Mase">
/// The mean absolute error relative to that of the naive forecast of the training data of the series, a season ahead;
/// NaN if those are constant or shorter than a season.
/// </param>
/// <param name="QuantileLoss">
/// The mean loss of all quantiles, in the unit of the target; null without quantiles.
/// </param>
/// <param name="Coverage">
/// The share of targets between the lowest and the highest quantile; null with fewer than two.
/// </param>
public sealed record ForecastScore(
    string Name,
    string Target,
    double Mae,
    double Rmse,
    double Mape,
    double Smape,
    double Mase,
    double? QuantileLoss,
    double? Coverage);
