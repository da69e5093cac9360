using NeuralNet.Samples.Digits;

namespace NeuralNet.Samples.Tests;

public class RemainingTimeTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void The_first_batch_and_the_first_second_say_nothing()
    {
        var remaining = new RemainingTime(_clock);

        _clock.Seconds = 3; // compiled
        remaining.Estimate(done: 1, total: 5000).Should().BeNull("a batch of 3 seconds would mean four hours");
        _clock.Seconds = 3.5;
        remaining.Estimate(done: 500, total: 5000).Should().BeNull();
        _clock.Seconds = 4;
        remaining.Estimate(done: 1001, total: 5000)!.Value.TotalSeconds.Should().BeApproximately(3.999, 1e-6);
        _clock.Seconds = 8;
        remaining.Estimate(done: 5000, total: 5000).Should().Be(TimeSpan.Zero);
    }

    [Fact]
    public void What_a_resumed_run_had_done_before_does_not_count()
    {
        var remaining = new RemainingTime(_clock);

        remaining.Estimate(done: 4001, total: 5001).Should().BeNull();
        _clock.Seconds = 2;
        remaining.Estimate(done: 4101, total: 5001)!.Value.TotalSeconds.Should().BeApproximately(18, 1e-6);
    }

    [Fact]
    public void A_time_beyond_all_bounds_is_not_known()
    {
        var remaining = new RemainingTime(_clock);

        remaining.Estimate(done: 1, total: double.MaxValue);
        _clock.Seconds = 2;
        remaining.Estimate(done: 2, total: double.MaxValue).Should().BeNull();
    }

    [Fact]
    public void Days_are_hours_too()
    {
        RemainingTime.Format(null).Should().BeEmpty();
        RemainingTime.Format(TimeSpan.FromSeconds(61)).Should().Be("0:01:01 left");
        RemainingTime.Format(new TimeSpan(1, 2, 3, 4)).Should().Be("26:03:04 left");
    }

    private sealed class Clock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => (long)(Seconds * TimestampFrequency);
    }
}
