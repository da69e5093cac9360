using NeuralNet.Guards;

namespace NeuralNet.Forecasting.Evaluation;

/// <summary>From which places of a series forecasts are made, and how often the network is trained anew.</summary>
public sealed class RollingOriginOptions
{
    private readonly int _stride = 1;
    private readonly int? _refitEvery;

    /// <summary>The time of the first step that is predicted; all before it is training data.</summary>
    public required DateTime From { get; init; }

    /// <summary>Number of steps from one origin to the next; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Stride
    {
        get => _stride;
        init => _stride = Require.AtLeast(value, 1, nameof(Stride));
    }

    /// <summary>
    /// Number of origins after which everything is fitted anew to all steps up to there; if null, as by default, it is
    /// fitted once, before the first origin.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? RefitEvery
    {
        get => _refitEvery;
        init => _refitEvery = value is { } origins ? Require.AtLeast(origins, 1, nameof(RefitEvery)) : null;
    }

    /// <summary>The baselines.</summary>
    public EvaluationOptions Baselines { get; init; } = new();
}
