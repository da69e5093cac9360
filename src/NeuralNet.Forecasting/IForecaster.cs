using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Forecasting;

/// <summary>Makes forecasts for windows: a network with all that belongs to it, a baseline, or a method of your own.
/// </summary>
/// <remarks>
/// A method of your own reads <see cref="WindowSet.HistoryOf"/>; what it is to predict,
/// <see cref="WindowSet.Targets"/>, is for those who judge it.
/// </remarks>
public interface IForecaster
{
    /// <summary>The name in a report, such as <c>seasonal naive</c>.</summary>
    string Name { get; }

    /// <summary>The levels of the quantiles that it gives; empty if it gives one number.</summary>
    IReadOnlyList<double> Quantiles { get; }

    /// <summary>Forecasts what windows predict, from what lies before it.</summary>
    /// <param name="windows">The windows.</param>
    /// <returns>
    /// In the unit of the data, (steps × targets × quantiles) × windows: all quantiles of the first target of the first
    /// step come first.
    /// </returns>
    Matrix<double> Predict(WindowSet windows);
}
