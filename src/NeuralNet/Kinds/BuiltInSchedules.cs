using NeuralNet.Schedules;

namespace NeuralNet.Kinds;

/// <summary>The learning-rate schedules of the library and their settings.</summary>
internal static class BuiltInSchedules
{
    public static IReadOnlyList<StrategyKind> Kinds { get; } =
    [
        Of<ConstantRate>("ConstantRate", s => new(s.Number("value", r => r.Value))),
        Of<CosineDecay>("CosineDecay", s => new(s.Number("finalFactor", r => r.FinalFactor))),
        Of<CosineWarmRestarts>(
            "CosineWarmRestarts",
            s => new(
                s.Integer("firstPeriod", r => r.FirstPeriod),
                s.Size("periodMultiplier", r => r.PeriodMultiplier),
                s.Number("finalFactor", r => r.FinalFactor))),
        Of<ExponentialDecay>("ExponentialDecay", s => new(s.Number("decayFactor", r => r.DecayFactor))),
        Of<InverseSquareRootDecay>("InverseSquareRootDecay", s => new(s.Integer("timescale", r => r.Timescale))),
        Of<InverseTimeDecay>(
            "InverseTimeDecay",
            s => new(
                s.Number("decayRate", r => r.DecayRate),
                s.Integer("decaySteps", r => r.DecaySteps),
                s.Flag("staircase", r => r.Staircase))),
        Of<LinearWarmup>(
            "LinearWarmup",
            s => new(
                s.Integer("steps", r => r.Steps),
                s.Schedule("then", r => r.Then),
                s.Number("startFactor", r => r.StartFactor))),
        Of<MultiStepDecay>(
            "MultiStepDecay",
            s => new(s.Integers("milestones", r => r.Milestones), s.Number("decayFactor", r => r.DecayFactor))),
        Of<OneCycle>(
            "OneCycle",
            s => new(
                s.Number("riseShare", r => r.RiseShare),
                s.Number("initialDivisor", r => r.InitialDivisor),
                s.Number("finalDivisor", r => r.FinalDivisor))),
        Of<PiecewiseConstant>(
            "PiecewiseConstant",
            s => new(s.Integers("milestones", r => r.Milestones), s.Numbers("factors", r => r.Factors))),
        Of<PolynomialDecay>(
            "PolynomialDecay",
            s => new(
                s.Number("power", r => r.Power),
                s.Number("finalFactor", r => r.FinalFactor),
                s.OptionalInteger("steps", r => r.Steps))),
        Of<SequentialSchedule>(
            "SequentialSchedule",
            s => new(s.Schedules("schedules", r => r.Schedules), s.Integers("milestones", r => r.Milestones))),
        Of<StepDecay>(
            "StepDecay",
            s => new(s.Integer("everySteps", r => r.EverySteps), s.Number("decayFactor", r => r.DecayFactor))),
    ];

    private static StrategyKind Of<TSchedule>(string name, Func<Settings<TSchedule>, TSchedule> describe)
        where TSchedule : class, ILearningRateSchedule => StrategyKind.Of(KindRole.Schedule, name, describe);
}
