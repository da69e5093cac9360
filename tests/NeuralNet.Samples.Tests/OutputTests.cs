using System.Diagnostics;
using NeuralNet.Samples.Digits;

namespace NeuralNet.Samples.Tests;

/// <summary>The files that the MNIST sample writes, and the lines that name them.</summary>
public sealed class OutputTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_file_that_was_written_is_named_and_the_last_line_is_still_the_accuracy()
    {
        TinyDataSet.Write(_folder.Path);
        string[] options = ["--save", "--summary", "--report", "--metrics-csv", "--checkpoint"];
        string[] paths = [.. options.Select(option => _folder["out" + option])];

        SampleRun run = await SampleRun.OfAsync(
            ["--data", _folder.Path, "--epochs", "1", .. options.Zip(paths, (option, path) => new[] { option, path })
                .SelectMany(pair => pair)]);

        run.ExitCode.Should().Be(ExitCode.Success);
        foreach (string path in paths)
        {
            run.Output.Should().ContainSingle(line => line.EndsWith(path, StringComparison.Ordinal));
        }

        run.Output.Count(line => line.StartsWith("wrote ", StringComparison.Ordinal)).Should().Be(5);
        run.Output[^1].Should().StartWith("test accuracy ");
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_after_all_costs_neither_the_other_files_nor_the_result()
    {
        TinyDataSet.Write(_folder.Path);
        string report = _folder["later/report.html"];
        Directory.CreateDirectory(_folder["later"]);

        SampleRun run = await SampleRun.OfAsync(
            [
                "--data", _folder.Path, "--epochs", "1", "--summary", report, "--report", _folder["report.html"],
                "--save", _folder["later/network.safetensors"],
            ],
            cache: null,
            onLine: line =>
            {
                if (line.StartsWith("epoch 1/", StringComparison.Ordinal))
                {
                    Directory.Delete(_folder["later"]);
                }
            });

        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Error.Should().ContainSingle().Which.Should().Contain("--save").And.Contain("--summary");
        run.Output.Should().Contain("wrote " + _folder["report.html"]);
        run.Output[^1].Should().StartWith("test accuracy ");
        _folder.Names.Should().Contain("report.html");
    }

    [Theory]
    [InlineData("--summary")]
    [InlineData("--report")]
    public async Task A_link_is_followed_and_the_mode_of_the_file_kept(string option)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        TinyDataSet.Write(_folder.Path);
        File.WriteAllText(_folder["target"], "older");
        File.SetUnixFileMode(_folder["target"], Mode);
        File.CreateSymbolicLink(_folder["link"], _folder["target"]);

        SampleRun run = await SampleRun.OfAsync("--data", _folder.Path, "--epochs", "1", option, _folder["link"]);

        run.ExitCode.Should().Be(ExitCode.Success);
        new FileInfo(_folder["link"]).LinkTarget.Should().NotBeNull();
        File.GetUnixFileMode(_folder["target"]).Should().Be(Mode);
        File.ReadAllText(_folder["target"]).Should().NotStartWith("older");
        _folder.Names.Should().NotContain(name => name.Contains("tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pipe_is_written_to_and_not_replaced()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        TinyDataSet.Write(_folder.Path);
        using (Process mkfifo = Process.Start("mkfifo", [_folder["pipe"]]))
        {
            await mkfifo.WaitForExitAsync();
        }

        Task<string> reading = Task.Run(() => File.ReadAllText(_folder["pipe"]));
        SampleRun run = await SampleRun.OfAsync("--data", _folder.Path, "--epochs", "1", "--summary", _folder["pipe"]);

        run.ExitCode.Should().Be(ExitCode.Success);
        (await reading.WaitAsync(TimeSpan.FromSeconds(10))).Should().Contain("\"testAccuracy\"");
    }

    [Fact]
    public async Task The_checkpoint_folder_is_called_a_folder_in_the_help_and_a_file_is_refused_before_training()
    {
        TinyDataSet.Write(_folder.Path);
        File.WriteAllText(_folder["file"], "");

        SampleRun help = await SampleRun.OfAsync("train", "--help");
        SampleRun run = await SampleRun.OfAsync("--data", _folder.Path, "--checkpoint", _folder["file"]);

        help.Output.Should().Contain(line => line.Contains("--checkpoint <DIR>", StringComparison.Ordinal));
        run.ExitCode.Should().Be(ExitCode.BadInput);
        run.Output.Should().BeEmpty();
        run.Error.Should().ContainSingle().Which.Should().Contain("--checkpoint").And.Contain("is a file");
    }
}
