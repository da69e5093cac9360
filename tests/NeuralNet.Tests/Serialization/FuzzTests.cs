using NeuralNet.Fuzz;

namespace NeuralNet.Tests.Serialization;

/// <summary>A short run of what <c>tests/NeuralNet.Fuzz</c> runs at length.</summary>
public sealed class FuzzTests
{
    [Theory]
    [InlineData("safetensors", 3000, 100, 50)]
    [InlineData("idx", 3000, 1000, 5)]
    [InlineData("pipeline", 3000, 100, 50)]
    [InlineData("checkpoint", 3000, 100, 30)]
    [InlineData("csv", 6000, 1000, 20)]
    [InlineData("rows", 1500, 300, 10)]
    public void A_damaged_file_is_refused_with_a_reason_and_takes_no_more_memory_than_its_length_allows(
        string format, int cases, int leastAccepted, int leastReasons)
    {
        FuzzReport report = Fuzzer.Run(Formats.Get(format), cases, seed: 20261122);
        report.Findings.Should().BeEmpty();
        report.Accepted.Should().BeGreaterThan(leastAccepted);
        report.Refused.Should().BeGreaterThan(leastAccepted);
        report.Reasons.Count.Should().BeGreaterThan(leastReasons);
    }

    [Fact]
    public void A_case_follows_from_the_seed_and_its_number()
    {
        var format = new SafetensorsFormat();
        var recorder = new Recorder(format);
        Fuzzer.Run(recorder, cases: 5, seed: 3, first: 10);
        byte[][] five = [.. recorder.Files];
        recorder.Files.Clear();
        Fuzzer.Run(recorder, cases: 2, seed: 3, first: 13);
        recorder.Files[^1].Should().Equal(five[^1]);
        recorder.Files[^2].Should().Equal(five[^2]);
        five[^1].Should().NotEqual(five[^2]);
    }

    [Fact]
    public void What_a_reader_does_wrong_is_found()
    {
        Finding((_, _) => throw new FormatException()).Should().Contain("FormatException");
        Finding((_, _) => throw new EndOfStreamException()).Should().Contain("EndOfStreamException");
        Finding((_, _) => throw new InvalidDataException("wrong")).Should().Contain("does not name the file");
        Finding((_, name) => throw new InvalidDataException(name + new string('x', 5000)))
            .Should().Contain("characters");
        Finding((_, _) => GC.KeepAlive(new byte[3_000_000])).Should().Contain("times the memory");
        Finding((_, name) => throw new InvalidDataException($"'{name}' is wrong.")).Should().BeNull();
        Finding((_, _) => { }).Should().BeNull();
    }

    private static string? Finding(Action<byte[], string> read)
    {
        FuzzReport report = Fuzzer.Run(new Broken(read), cases: 1, seed: 1);
        return report.Findings.SingleOrDefault()?.What;
    }

    private sealed class Broken(Action<byte[], string> read) : IFuzzFormat
    {
        public string Name => "broken";

        public byte[] Make(Random random) => [1, 2, 3];

        public void Read(byte[] file, string name, Random random) => read(file, name);

        public long AllocationLimit(int length) => 1_000_000;
    }

    private sealed class Recorder(IFuzzFormat format) : IFuzzFormat
    {
        public List<byte[]> Files { get; } = [];

        public string Name => format.Name;

        public byte[] Make(Random random) => format.Make(random);

        public void Read(byte[] file, string name, Random random) => Files.Add(file);

        public long AllocationLimit(int length) => long.MaxValue;
    }
}
