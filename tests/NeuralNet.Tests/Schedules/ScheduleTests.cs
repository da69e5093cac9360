using NeuralNet.Schedules;

namespace NeuralNet.Tests.Schedules;

/// <summary>Factors calculated by hand, especially where a schedule begins, turns and ends.</summary>
public sealed class ScheduleTests
{
    [Fact]
    public void A_constant_rate_is_the_whole_rate_unless_told_otherwise()
    {
        new ConstantRate().Factor(7, 10).Should().Be(1);
        new ConstantRate(0).Factor(7, 10).Should().Be(0);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(9, 1)]
    [InlineData(10, 0.5)]
    [InlineData(19, 0.5)]
    [InlineData(20, 0.25)]
    [InlineData(1000, 7.888609052210118e-31)] // 2⁻¹⁰⁰, though the run has 25 steps
    public void Step_decay_falls_every_so_many_steps(long step, double factor) =>
        new StepDecay(10, 0.5).Factor(step, 25).Should().Be(factor);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 0.5)]
    [InlineData(6, 0.5)]
    [InlineData(7, 0.25)]
    [InlineData(1000, 0.25)]
    public void Multi_step_decay_falls_at_its_milestones(long step, double factor) =>
        new MultiStepDecay([3, 7], 0.5).Factor(step, 10).Should().Be(factor);

    [Fact]
    public void Multi_step_decay_keeps_milestones_of_its_own()
    {
        long[] milestones = [3, 7];
        var schedule = new MultiStepDecay(milestones);
        milestones[0] = 100;
        schedule.Milestones.Should().Equal(3, 7);
        schedule.Factor(3, 10).Should().BeApproximately(0.1, 1e-16);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0.5)]
    [InlineData(3, 0.125)]
    [InlineData(12, 0.000244140625)]
    public void Exponential_decay_falls_in_every_step(long step, double factor) =>
        new ExponentialDecay(0.5).Factor(step, 10).Should().Be(factor);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 0.4)] // 0.2 + 0.8·0.5²
    [InlineData(10, 0.2)]
    [InlineData(11, 0.2)]
    public void Polynomial_decay_ends_at_its_final_factor(long step, double factor)
    {
        new PolynomialDecay(2, 0.2).Factor(step, 10).Should().BeApproximately(factor, 1e-16);
        new PolynomialDecay(2, 0.2, steps: 10).Factor(step, 10_000).Should().BeApproximately(factor, 1e-16);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(2, 0.5, 1)] // 1 / (1 + 2·2/4)
    [InlineData(4, 0.3333333333333333, 0.3333333333333333)]
    [InlineData(11, 0.15384615384615385, 0.2)] // 1 / 6.5 and 1 / 5
    public void Inverse_time_decay_divides_by_a_number_that_grows(long step, double factor, double inStairs)
    {
        new InverseTimeDecay(2, 4).Factor(step, 10).Should().BeApproximately(factor, 1e-16);
        new InverseTimeDecay(2, 4, staircase: true).Factor(step, 10).Should().BeApproximately(inStairs, 1e-16);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(30, 0.5)]
    [InlineData(80, 0.3333333333333333)]
    public void Inverse_square_root_decay_falls_with_the_root(long step, double factor) =>
        new InverseSquareRootDecay(10).Factor(step, 20).Should().BeApproximately(factor, 1e-16);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(6, 2)]
    [InlineData(7, 0)]
    [InlineData(1000, 0)]
    public void Pieces_are_constant_from_milestone_to_milestone(long step, double factor) =>
        new PiecewiseConstant([3, 7], [1, 2, 0]).Factor(step, 10).Should().Be(factor);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 0.25)] // of 4 steps of a straight line to 0
    [InlineData(4, 0.3)]
    [InlineData(5, 0.3)]
    [InlineData(6, 1)]
    [InlineData(8, 0.5)] // of the 4 steps that are left
    [InlineData(10, 0)]
    [InlineData(50, 0)]
    public void Schedules_follow_each_other_each_with_a_run_of_its_own(long step, double factor) =>
        new SequentialSchedule([new PolynomialDecay(), new ConstantRate(0.3), new PolynomialDecay()], [4, 6])
            .Factor(step, 10).Should().BeApproximately(factor, 1e-15);

    [Fact]
    public void A_run_may_end_before_the_last_schedule()
    {
        var schedule = new SequentialSchedule([new ConstantRate(0.3), new CosineDecay()], [100]);
        schedule.Factor(9, 10).Should().Be(0.3);
        schedule.Factor(100, 10).Should().Be(1);
        schedule.Factor(101, 10).Should().BeApproximately(0, 1e-16);
    }

    [Fact]
    public void What_is_not_one_more_than_milestones_is_refused()
    {
        FluentActions.Invoking(() => new PiecewiseConstant([3, 7], [1, 2])).Should().Throw<ArgumentException>()
            .WithParameterName("factors").WithMessage("*one factor more than milestones: 3, but there are 2.*");
        FluentActions.Invoking(() => new PiecewiseConstant([3], [1, -1])).Should().Throw<ArgumentOutOfRangeException>()
            .WithParameterName("factors");
        FluentActions.Invoking(() => new PiecewiseConstant([7, 3], [1, 2, 3])).Should().Throw<ArgumentException>()
            .WithParameterName("milestones");
        FluentActions.Invoking(() => new SequentialSchedule([new ConstantRate()], [3])).Should()
            .Throw<ArgumentException>().WithParameterName("schedules").WithMessage("*: 2, but there is 1.*");
        FluentActions.Invoking(() => new SequentialSchedule([new ConstantRate(), null!], [3])).Should()
            .Throw<ArgumentNullException>().WithParameterName("schedules");
        FluentActions.Invoking(() => new SequentialSchedule([new ConstantRate()], [])).Should()
            .Throw<ArgumentException>().WithParameterName("milestones");
        FluentActions.Invoking(() => new InverseTimeDecay(-1)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new InverseTimeDecay(1, 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new InverseSquareRootDecay(0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)] // 4 steps from here
    [InlineData(4, 0.5)]
    [InlineData(6, 1)] // 8 steps from here
    [InlineData(10, 0.5)]
    [InlineData(14, 1)] // 16 steps from here, behind the end of the run
    [InlineData(22, 0.5)]
    public void Warm_restarts_begin_anew_after_longer_and_longer_periods(long step, double factor) =>
        new CosineWarmRestarts(2, 2).Factor(step, 14).Should().BeApproximately(factor, 1e-15);

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(1, 0.4)]
    [InlineData(3, 0.8)]
    [InlineData(4, 1)]
    [InlineData(400, 1)]
    public void Warm_up_grows_on_a_straight_line(long step, double factor) =>
        new LinearWarmup(4, startFactor: 0.2).Factor(step, 100).Should().BeApproximately(factor, 1e-15);

    [Fact]
    public void What_follows_a_warm_up_sees_a_run_of_its_own()
    {
        // 4 steps of warm-up, then 10 of a straight line to 0.
        var schedule = new LinearWarmup(4, new PolynomialDecay());
        schedule.Factor(4, 14).Should().Be(1);
        schedule.Factor(9, 14).Should().Be(0.5);
        schedule.Factor(14, 14).Should().Be(0);
    }

    [Fact]
    public void A_warm_up_leads_to_what_the_next_schedule_begins_with()
    {
        // From 0.5·0.1 to 0.1, without a jump.
        var schedule = new LinearWarmup(2, new ConstantRate(0.1), startFactor: 0.5);
        schedule.Factor(0, 10).Should().BeApproximately(0.05, 1e-16);
        schedule.Factor(1, 10).Should().BeApproximately(0.075, 1e-16);
        schedule.Factor(2, 10).Should().BeApproximately(0.1, 1e-16);
    }

    [Fact]
    public void A_run_may_be_shorter_than_its_warm_up()
    {
        var schedule = new LinearWarmup(100, new CosineDecay(), startFactor: 0);
        schedule.Factor(5, 10).Should().BeApproximately(0.05, 1e-16);
        schedule.Factor(99, 10).Should().BeApproximately(0.99, 1e-16);
        schedule.Factor(101, 10).Should().BeApproximately(0, 1e-16);
    }

    [Fact]
    public void Warm_ups_nest() =>
        new LinearWarmup(2, new LinearWarmup(2, startFactor: 0.5), startFactor: 0).Factor(3, 10)
            .Should().BeApproximately(0.75, 1e-16);

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(2, 0.55)] // Half way up
    [InlineData(4, 1)] // 0.5·10 − 1
    [InlineData(9, 0.01)]
    [InlineData(10, 0.01)]
    public void One_cycle_goes_up_and_down(long step, double factor) =>
        new OneCycle(0.5, 10, 10).Factor(step, 10).Should().BeApproximately(factor, 1e-15);

    [Fact]
    public void One_cycle_of_few_steps_is_at_the_top()
    {
        new OneCycle(0.5).Factor(0, 2).Should().Be(1);
        new OneCycle(0.5).Factor(1, 2).Should().BeApproximately(1 / 25e4, 1e-16);
    }

    [Fact]
    public void Arguments_out_of_range_are_refused_with_the_range()
    {
        Refused(() => new ConstantRate(-1), "factor must be a finite number, at least 0");
        Refused(() => new StepDecay(0), "everySteps");
        Refused(() => new StepDecay(1, 0), "decayFactor must be above 0 and at most 1");
        Refused(() => new StepDecay(1, 10), "decayFactor must be above 0 and at most 1");
        Refused(() => new MultiStepDecay([0, 1]), "milestones");
        Refused(() => new MultiStepDecay([1], 1.5), "decayFactor must be above 0 and at most 1");
        Refused(() => new ExponentialDecay(double.NaN), "decayFactor must be above 0 and at most 1");
        Refused(() => new PolynomialDecay(0), "power must be a finite number above 0");
        Refused(() => new PolynomialDecay(1, 1), "finalFactor must be at least 0 and below 1");
        Refused(() => new PolynomialDecay(1, 0, 0), "steps");
        Refused(() => new CosineWarmRestarts(0), "firstPeriod");
        Refused(() => new CosineWarmRestarts(1, 0), "periodMultiplier");
        Refused(() => new CosineWarmRestarts(1, 1, -0.1), "finalFactor must be at least 0 and below 1");
        Refused(() => new LinearWarmup(0), "steps");
        Refused(() => new LinearWarmup(1, startFactor: 1), "startFactor must be at least 0 and below 1");
        Refused(() => new OneCycle(1), "riseShare must be at least 0 and below 1");
        Refused(() => new OneCycle(0.3, 0.5), "initialDivisor must be a finite number, at least 1");
        Refused(
            () => new OneCycle(0.3, 25, double.PositiveInfinity), "finalDivisor must be a finite number, at least 1");
        FluentActions.Invoking(() => new MultiStepDecay([]))
            .Should().Throw<ArgumentException>().WithMessage("*at least one*");
        FluentActions.Invoking(() => new MultiStepDecay([2, 2]))
            .Should().Throw<ArgumentException>().WithMessage("*2 follows 2*");
        FluentActions.Invoking(() => new MultiStepDecay(null!)).Should().Throw<ArgumentNullException>();
    }

    private static void Refused(Func<ILearningRateSchedule> make, string message) =>
        make.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message + "*");
}
