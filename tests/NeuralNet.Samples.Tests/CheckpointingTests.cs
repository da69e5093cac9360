using NeuralNet.Samples.Digits;

namespace NeuralNet.Samples.Tests;

public sealed class CheckpointingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_interrupted_run_goes_on_where_it_was_and_ends_as_if_nothing_had_happened()
    {
        TinyDataSet.Write(_folder.Path);
        string[] arguments =
        [
            "--data", _folder.Path, "--hidden", "8", "--epochs", "6", "--batch-size", "8", "--dropout", "0.2",
            "--augment", "--summary", _folder["summary.json"],
        ];
        await SampleRun.OfAsync(arguments);
        string whole = Results();

        arguments = [.. arguments, "--checkpoint", _folder["checkpoints"], "--resume"];
        using var interruption = new CancellationTokenSource();
        SampleRun first = await SampleRun.OfAsync(
            arguments,
            cache: null,
            onLine: line =>
            {
                if (line.StartsWith("epoch 2/6", StringComparison.Ordinal))
                {
                    interruption.Cancel();
                }
            },
            cancellationToken: interruption.Token);
        first.ExitCode.Should().Be(ExitCode.Interrupted);
        first.Output.Should().Contain(line => line.StartsWith("no checkpoint in", StringComparison.Ordinal));

        SampleRun second = await SampleRun.OfAsync(arguments);
        second.ExitCode.Should().Be(ExitCode.Success);
        second.Output.Should().Contain(line => line.StartsWith("resumed from", StringComparison.Ordinal));
        second.Output.Should().NotContain(line => line.StartsWith("epoch 1/6", StringComparison.Ordinal));
        Results().Should().Be(whole);

        string Results() => string.Join('\n', File.ReadAllLines(_folder["summary.json"])
            .Select(line => System.Text.RegularExpressions.Regex.Replace(
                line, @"""(trainSeconds|samplesPerSecond)"":\s*[^,}]+", "")));
    }

    [Fact]
    public async Task A_run_does_not_begin_on_top_of_another_one()
    {
        TinyDataSet.Write(_folder.Path);
        string[] arguments =
        [
            "--data", _folder.Path, "--hidden", "4", "--epochs", "1", "--checkpoint", _folder["checkpoints"],
        ];
        (await SampleRun.OfAsync(arguments)).ExitCode.Should().Be(ExitCode.Success);
        await Refused(arguments, "is of a run that is further than this one");
    }

    [Fact]
    public async Task A_checkpoint_of_another_training_is_refused()
    {
        TinyDataSet.Write(_folder.Path);
        string[] arguments =
        [
            "--data", _folder.Path, "--epochs", "1", "--checkpoint", _folder["checkpoints"], "--resume",
        ];
        (await SampleRun.OfAsync([.. arguments, "--hidden", "4"])).ExitCode.Should().Be(ExitCode.Success);
        await Refused([.. arguments, "--hidden", "5"], "is a checkpoint of another training");
        await Refused([.. arguments, "--hidden", "4", "--batch-size", "3"], "batch size: 64 in the checkpoint, 3 here");
    }

    [Fact]
    public Task Resume_needs_a_folder() => Refused(["--resume"], "--resume needs the folder to resume from");

    private static async Task Refused(string[] arguments, string message)
    {
        SampleRun run = await SampleRun.OfAsync(arguments);
        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Error.Should().ContainSingle().Which.Should().Contain(message);
    }
}
