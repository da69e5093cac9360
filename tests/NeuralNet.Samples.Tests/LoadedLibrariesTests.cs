using System.Diagnostics;

namespace NeuralNet.Samples.Tests;

/// <summary>
/// What the samples load as processes of their own. System.Security.Cryptography needs OpenSSL, without which it ends
/// the process; nothing of training, saving and loading may depend on it.
/// </summary>
public sealed class LoadedLibrariesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Xor")]
    [InlineData("ChainRule")]
    [InlineData("Regression")]
    public void A_sample_runs_without_OpenSSL(string sample) => List(sample).Should().NotContainMatch("*Cryptography*");

    [Fact]
    public void Training_with_checkpoints_augmentation_and_saved_files_runs_without_OpenSSL()
    {
        string model = _folder["digits.safetensors"];
        string[] names = List(
            "Digits",
            "--generated", "--train-samples", "200", "--epochs", "1", "--hidden", "8", "--augment", "--dropout", "0.1",
            "--init", "orthogonal", "--save", model, "--checkpoint", _folder["checkpoints"]);
        names.Should().Contain("NeuralNet").And.NotContainMatch("*Cryptography*");
        names = List("Digits", "evaluate", "--model", model, "--generated");
        names.Should().Contain("NeuralNet").And.NotContainMatch("*Cryptography*");
        names = List("Digits", "export", "--model", model, "--onnx", _folder["digits.onnx"]);
        names.Should().Contain("NeuralNet.Onnx").And.NotContainMatch("*Cryptography*");
    }

    private string[] List(string sample, params string[] arguments)
    {
        string list = _folder["libraries"];
        File.Delete(list);
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            [Path.Combine(AppContext.BaseDirectory, sample + ".dll"), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.Path,
        };
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location;
        start.Environment[StartupHook.ListVariable] = list;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().Be(0, error.Result);
        return File.ReadAllLines(list);
    }
}
