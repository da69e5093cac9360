using NeuralNet.Schedules;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Schedules;

/// <summary>
/// Every step of a schedule, compared with PyTorch; the cases are those of <c>Parity/schedules.py</c>.
/// </summary>
public sealed class ScheduleParityTests
{
    private static readonly Dictionary<string, ILearningRateSchedule> _schedules = new()
    {
        ["ConstantRate"] = new ConstantRate(0.5),
        ["StepDecay"] = new StepDecay(30),
        ["StepDecay, factor"] = new StepDecay(7, 0.8),
        ["MultiStepDecay"] = new MultiStepDecay([20, 50, 99]),
        ["MultiStepDecay, factor"] = new MultiStepDecay([1, 2, 3, 80], 0.5),
        ["ExponentialDecay"] = new ExponentialDecay(0.95),
        ["PolynomialDecay"] = new PolynomialDecay(),
        ["PolynomialDecay, power"] = new PolynomialDecay(2.5),
        ["PolynomialDecay, steps"] = new PolynomialDecay(2, steps: 40),
        ["CosineDecay"] = new CosineDecay(),
        ["CosineDecay, final factor"] = new CosineDecay(0.1),
        ["CosineWarmRestarts"] = new CosineWarmRestarts(15),
        ["CosineWarmRestarts, multiplier, final factor"] = new CosineWarmRestarts(10, 2, 0.05),
        ["InverseTimeDecay"] = new InverseTimeDecay(0.5, 10),
        ["InverseTimeDecay, staircase"] = new InverseTimeDecay(0.5, 10, staircase: true),
        ["InverseSquareRootDecay"] = new InverseSquareRootDecay(20),
        ["LinearWarmup"] = new LinearWarmup(10),
        ["LinearWarmup, then"] = new LinearWarmup(20, new CosineDecay(), 0.1),
        ["LinearWarmup, inverse square root"] = new LinearWarmup(20, new InverseSquareRootDecay(20), 0),
        ["LinearWarmup, inverse square root, timescale"] = new LinearWarmup(10, new InverseSquareRootDecay(30), 0),
        ["PiecewiseConstant"] = new PiecewiseConstant([20, 50], [1, 0.5, 0.1]),
        ["SequentialSchedule"] = new SequentialSchedule(
            [new LinearWarmup(10, startFactor: 0.25), new ExponentialDecay(0.9), new CosineDecay()], [10, 40]),
        ["OneCycle"] = new OneCycle(),
        ["OneCycle, all at will"] = new OneCycle(0.423, 10, 50),
        ["OneCycle, no rise"] = new OneCycle(0),
    };

    private static readonly ReferenceCase[] _cases = ReferenceFile.Read<ReferenceCases>("schedules").Cases;

    public static TheoryData<string> Names { get; } = new(_schedules.Keys);

    [Fact]
    public void Every_schedule_is_compared() =>
        _schedules.Values.Select(schedule => schedule.GetType()).Distinct().Should().BeEquivalentTo(
            typeof(ILearningRateSchedule).Assembly.GetTypes()
                .Where(type => type.IsAssignableTo(typeof(ILearningRateSchedule)) && type.IsClass));

    [Fact]
    public void Every_case_has_its_reference() =>
        _cases.Select(reference => reference.Name).Should().Equal(_schedules.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void It_takes_the_course_of_PyTorch(string name)
    {
        double[] expected = _cases.Single(reference => reference.Name == name).Factors;
        for (int step = 0; step < expected.Length; step++)
        {
            _schedules[name].Factor(step, expected.Length)
                .Should().BeApproximately(expected[step], 1e-12, $"in step {step}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_defined_everywhere_and_nowhere_negative(string name)
    {
        foreach (long total in new[] { 1, 2, 3, 10, 1000, long.MaxValue })
        {
            foreach (long step in new[] { 0, 1, 2, 3, 4, 9, 10, 11, 999, 1000, 1_000_000_007, long.MaxValue })
            {
                _schedules[name].Factor(step, total).Should().BeInRange(0, 1, $"in step {step} of {total}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_out_of_range_are_refused(string name)
    {
        _schedules[name].Invoking(schedule => schedule.Factor(-1, 10))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("step");
        _schedules[name].Invoking(schedule => schedule.Factor(0, 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("totalSteps");
    }

    private sealed record ReferenceCases(ReferenceCase[] Cases);

    private sealed record ReferenceCase(string Name, double[] Factors);
}
