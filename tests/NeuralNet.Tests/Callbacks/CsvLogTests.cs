using System.Diagnostics;
using NeuralNet.Callbacks;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Callbacks;

/// <summary>A log goes where its path leads, and a run that cannot log leaves everything as it was.</summary>
public sealed class CsvLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("csv-log-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_link_is_followed_and_the_mode_is_kept()
    {
        string real = Path.Combine(_folder, "real.csv");
        string link = Path.Combine(_folder, "link.csv");
        File.WriteAllText(real, "before");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(real, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.CreateSymbolicLink(link, "real.csv");
        Fit(link);
        new FileInfo(link).LinkTarget.Should().Be("real.csv");
        File.ReadAllLines(real).Should().HaveCount(4);
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(real).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task A_pipe_gets_the_whole_log_before_it_ends()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string pipe = Path.Combine(_folder, "pipe");
        Process.Start("mkfifo", pipe).WaitForExit();
        Task<string[]> reader = Task.Run(() => File.ReadAllLines(pipe));
        Fit(pipe);
        (await reader).Should().HaveCount(5).And.Subject.Last().Should().Be("3,,,,,Completed");
        Fit("/dev/null");
    }

    [Fact]
    public void A_log_that_cannot_be_written_is_refused_before_the_first_step()
    {
        string missing = Path.Combine(_folder, "nowhere", "log.csv");
        FluentActions.Invoking(() => Fit(missing)).Should().Throw<DirectoryNotFoundException>()
            .WithMessage($"The folder *nowhere' of '{missing}' does not exist.*");
        FluentActions.Invoking(() => Fit(_folder)).Should().Throw<IOException>()
            .WithMessage($"'{_folder}' names a folder, not a file.");

        // The log before it in the list is not cut, either.
        string other = Path.Combine(_folder, "other.csv");
        File.WriteAllText(other, "before");
        FluentActions.Invoking(() => Fit(other, missing)).Should().Throw<DirectoryNotFoundException>();
        File.ReadAllText(other).Should().Be("before");
    }

    private static void Fit(params string[] paths)
    {
        var trainer = new Trainer<float>(
            Network.Create<float>(2, seed: 1).Dense(2).Build(), new SoftmaxCrossEntropy(), new Sgd(0.1));
        trainer.Fit(
            TestData.Diagonal<float>(20, seed: 1),
            new() { Epochs = 3, Callbacks = [.. paths.Select(path => new CsvLog<float>(path))] });
    }
}
