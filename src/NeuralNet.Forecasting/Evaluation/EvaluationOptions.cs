using NeuralNet.Guards;

namespace NeuralNet.Forecasting.Evaluation;

/// <summary>The baselines beside which forecasts are judged.</summary>
public sealed class EvaluationOptions
{
    private readonly int? _period;
    private readonly double _ridgePenalty = 1;

    /// <summary>
    /// The steps of a season, for the seasonal naive forecast and for the scale of MASE; if null, as usual for the
    /// frequency: see <see cref="Frequency.UsualPeriod"/>. 1 for a series without seasons.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? Period
    {
        get => _period;
        init => _period = value is { } period ? Require.AtLeast(period, 1, nameof(Period)) : null;
    }

    /// <summary>λ of the linear baseline; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number above 0.</exception>
    public double RidgePenalty
    {
        get => _ridgePenalty;
        init => _ridgePenalty = Require.Positive(value, nameof(RidgePenalty));
    }
}
