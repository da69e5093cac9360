using System.Buffers.Binary;
using System.Text;
using NeuralNet.Checkpoints;
using NeuralNet.Reports.TensorBoard;
using NeuralNet.Training;

namespace NeuralNet.Reports.Tests.TensorBoard;

/// <summary>Logs that TensorBoard reads.</summary>
public sealed class TensorBoardLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_has_the_bytes_that_others_write()
    {
        var file = EventFile.Create(_folder["a"], new FixedClock());
        file.Append(1, [new("loss", 0.5), new("accuracy", 0.875), new("läng", double.NaN)]);
        file.Append(300, [new("loss", -1e-30)]);
        IEnumerable<KeyValuePair<string, double>> many =
            Enumerable.Range(0, 40).Select(i => KeyValuePair.Create($"a metric of a long name {i}", (double)(i / 7f)));
        file.Append(5_000_000_000, [.. many]);

        using var reader = new StreamReader(GetType().Assembly.GetManifestResourceStream("events.txt")!);
        string path = Directory.EnumerateFiles(_folder["a"]).Should().ContainSingle().Subject;
        Path.GetFileName(path).Should().StartWith("events.out.tfevents.1700000000.");
        Convert.ToBase64String(File.ReadAllBytes(path)).Should().Be(reader.ReadToEnd().Trim());
    }

    [Fact]
    public void Training_and_validation_have_a_file_each_with_an_event_per_epoch()
    {
        TrainingHistory history = Runs.Classifier()
            .Fit(Runs.Rings, Runs.Options(3, new TensorBoardLog<float>(_folder["run"])));
        List<string> training = Read("run/train");
        List<string> validation = Read("run/validation");
        training.Should().HaveCount(1 + 3);
        validation.Should().HaveCount(1 + 3);
        foreach (EpochResult epoch in history.Epochs)
        {
            training[epoch.Epoch].Should().Contain(Figure("loss", epoch.Loss))
                .And.Contain(Figure("accuracy", epoch.Metrics["accuracy"]))
                .And.Contain(Figure("learning_rate", epoch.LearningRate)).And.Contain("samples_per_second");
            validation[epoch.Epoch].Should().Contain(Figure("loss", epoch.Validation!.Loss))
                .And.Contain(Figure("accuracy", epoch.Validation.Metrics["accuracy"])).And.NotContain("rate");
        }
    }

    [Fact]
    public void Without_validation_there_is_no_file_for_it()
    {
        var log = new TensorBoardLog<float>(_folder["run"]);
        Runs.Classifier().Fit(Runs.Rings, new() { Epochs = 1, Callbacks = [log] });
        Directory.EnumerateDirectories(_folder["run"]).Select(Path.GetFileName).Should().Equal("train");
    }

    [Fact]
    public void A_resumed_run_adds_a_file_and_another_run_is_refused_before_it_begins()
    {
        TensorBoardLog<float> log = new(_folder["run"]);
        Checkpointing<float> checkpoints = new(_folder["checkpoints"]);
        using var cancellation = new CancellationTokenSource();
        Runs.Classifier().Fit(
            Runs.Rings, Runs.Options(3, log, checkpoints, new Canceller(2, cancellation)), cancellation.Token);
        Trainer<float> resumed = Runs.Classifier();
        resumed.Resume(_folder["checkpoints"]).Should().NotBeNull();
        resumed.Fit(Runs.Rings, Runs.Options(3, log, checkpoints));
        Directory.EnumerateFiles(_folder["run/train"]).Should().HaveCount(2);

        Trainer<float> other = Runs.Classifier();
        other.Invoking(t => t.Fit(Runs.Rings, Runs.Options(1, log))).Should().Throw<IOException>()
            .WithMessage("'*run' holds the log of another run, with which TensorBoard would mix this one. Give*");
        Directory.EnumerateFiles(_folder["run/train"]).Should().HaveCount(2);
        other.StepCount.Should().Be(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void A_folder_needs_a_name(string folder) =>
        FluentActions.Invoking(() => new TensorBoardLog<float>(folder)).Should().Throw<ArgumentException>();

    // As the format has it: a tag, and a number of single precision behind it.
    private static string Figure(string tag, double value)
    {
        byte[] number = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(number, (float)value);
        return $"{tag}\x15{Encoding.Latin1.GetString(number)}";
    }

    // The data of the records of the only file in a folder.
    private List<string> Read(string folder)
    {
        byte[] file = File.ReadAllBytes(Directory.EnumerateFiles(_folder[folder]).Single());
        List<string> records = [];
        for (int at = 0; at < file.Length;)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(at));
            records.Add(Encoding.Latin1.GetString(file, at + 12, length));
            at += 12 + length + 4;
        }

        return records;
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddSeconds(1_700_000_000.25);
    }
}
