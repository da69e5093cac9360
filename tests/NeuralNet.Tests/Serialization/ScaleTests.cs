using NeuralNet.Fuzz.Scale;

namespace NeuralNet.Tests.Serialization;

/// <summary>
/// Whatever a file has too much of, reading it takes memory in proportion to its length, by one factor for all formats,
/// and time in proportion, too.
/// </summary>
public sealed class ScaleTests
{
    private const int Length = 200_000;
    private const int Times = 4;

    public static TheoryData<string> Names { get; } = new(ScaleCases.All.Select(one => one.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_takes_memory_and_time_in_proportion_to_its_length(string name)
    {
        ScaleCase one = ScaleCases.All.Single(each => each.Name == name);
        ScaleRun.Measure(one, 1000);
        ScaleRun[] small = [.. Enumerable.Range(0, 2).Select(_ => ScaleRun.Measure(one, Length))];
        ScaleRun[] large = [.. Enumerable.Range(0, 2).Select(_ => ScaleRun.Measure(one, Times * Length))];

        small.Concat(large).Should().OnlyContain(run => run.Share <= 1);

        // Sixteen times as long if it were the square; half a second is noise of a busy machine.
        large.Min(run => run.Time).Should().BeLessThan(
            (2 * Times * small.Min(run => run.Time)) + TimeSpan.FromSeconds(0.5));
    }
}
