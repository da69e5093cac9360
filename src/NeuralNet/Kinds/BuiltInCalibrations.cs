using NeuralNet.Calibrations;

namespace NeuralNet.Kinds;

/// <summary>The calibrations of the library and their fitted values.</summary>
internal static class BuiltInCalibrations
{
    public static IReadOnlyList<StrategyKind> Kinds { get; } =
    [
        Of<TemperatureScaling>("TemperatureScaling", s => new(s.Number("temperature", c => c.Temperature))),
        Of<PlattScaling>(
            "PlattScaling", s => new(s.Number("slope", c => c.Slope), s.Number("intercept", c => c.Intercept))),
        Of<IsotonicCalibration>(
            "IsotonicCalibration",
            s => new(s.Numbers("scores", c => c.Scores), s.Numbers("probabilities", c => c.Probabilities))),
        Of<PerLabelCalibration>("PerLabelCalibration", s => new(s.Calibrations("labels", c => c.Labels))),
        Of<OneVersusRestCalibration>(
            "OneVersusRestCalibration", s => new(s.Calibrations("classes", c => c.Classes))),
    ];

    private static StrategyKind Of<TCalibration>(
        string name, Func<Settings<TCalibration>, TCalibration> describe)
        where TCalibration : class, ICalibration => StrategyKind.Of(KindRole.Calibration, name, describe);
}
