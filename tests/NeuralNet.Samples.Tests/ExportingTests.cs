using NeuralNet.Networks;
using NeuralNet.Onnx;
using NeuralNet.Samples.Digits;
using NeuralNet.Serialization;

namespace NeuralNet.Samples.Tests;

public sealed class ExportingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cross-entropy")]
    [InlineData("mse")]
    public async Task A_trained_network_is_written_for_other_programs(string loss)
    {
        TinyDataSet.Write(_folder.Path);
        string model = _folder["model.safetensors"];
        SampleRun training = await SampleRun.OfAsync(
            "--data", _folder.Path, "--hidden", "4", "--epochs", "1", "--loss", loss, "--save", model);
        training.ExitCode.Should().Be(ExitCode.Success);
        SampleRun run = await SampleRun.OfAsync(
            "export", "--model", model, "--onnx", _folder["model.onnx"], "--safetensors",
            _folder["weights.safetensors"]);
        run.ExitCode.Should().Be(ExitCode.Success);
        run.Output.Should().HaveCount(2).And.OnlyContain(line => line.StartsWith("wrote ", StringComparison.Ordinal));

        Network<float> network = Network.Load<float>(model);
        Network<float> fromOnnx = Network.LoadOnnx<float>(_folder["model.onnx"]);
        float[] image = Enumerable.Range(0, network.InputSize).Select(i => i / 12f).ToArray();
        float[] expected = new float[network.OutputSize];
        float[] probabilities = new float[network.OutputSize];
        network.Predict(image, expected);
        fromOnnx.Predict(image, probabilities);
        probabilities.Should().OnlyContain(p => p >= 0 && p <= 1);
        Array.IndexOf(probabilities, probabilities.Max()).Should().Be(Array.IndexOf(expected, expected.Max()));

        network.LoadParameters(_folder["weights.safetensors"]);
    }

    [Fact]
    public async Task Something_must_be_written_and_read()
    {
        SampleRun nothing = await SampleRun.OfAsync("export", "--model", _folder["model.safetensors"]);
        nothing.ExitCode.Should().Be(ExitCode.BadInput);
        nothing.Error.Should().Equal("export needs --onnx FILE, --safetensors FILE or both.");
        SampleRun missing = await SampleRun.OfAsync(
            "export", "--model", _folder["none"], "--onnx", _folder["model.onnx"]);
        missing.ExitCode.Should().Be(ExitCode.BadInput);
        missing.Error.Should().ContainSingle().Which.Should().Contain("cannot be read");
    }
}
