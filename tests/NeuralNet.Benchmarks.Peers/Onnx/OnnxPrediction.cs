using Microsoft.ML.OnnxRuntime;
using NeuralNet.Networks;
using NeuralNet.Onnx;

namespace NeuralNet.Benchmarks.Peers.Onnx;

/// <summary>Predictions of ONNX Runtime, with the library's own export of a network, from memory to memory.</summary>
internal sealed class OnnxPrediction : IPrediction
{
    private static readonly string[] _inputNames = ["input"];
    private static readonly string[] _outputNames = ["output"];

    private readonly SessionOptions _options;
    private readonly RunOptions _runOptions = new();
    private readonly InferenceSession _session;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;
    private readonly float[] _results;

    /// <summary>Exports the network and opens a session, whose threads may spin, as is the default.</summary>
    public OnnxPrediction(Network<float> network, float[] inputs, int threads)
    {
        using var model = new MemoryStream();
        network.SaveOnnx(
            model, new OnnxExportOptions { InputName = _inputNames[0], OutputName = _outputNames[0] });
        _options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
        _session = new(model.ToArray(), _options);

        long samples = inputs.Length / network.InputSize;
        _results = new float[samples * network.OutputSize];
        _inputs = [Value(inputs, samples, _session.InputMetadata[_inputNames[0]])];
        _outputs = [Value(_results, samples, _session.OutputMetadata[_outputNames[0]])];
    }

    public void Run() => _session.Run(_runOptions, _inputNames, _inputs, _outputNames, _outputs);

    public float[] Outputs()
    {
        Run();
        return _results;
    }

    public void Dispose()
    {
        _outputs[0].Dispose();
        _inputs[0].Dispose();
        _session.Dispose();
        _runOptions.Dispose();
        _options.Dispose();
    }

    // The array itself is what the session reads or writes; the number of samples is free in the model.
    private static OrtValue Value(float[] values, long samples, NodeMetadata metadata) =>
        OrtValue.CreateTensorValueFromMemory(
            values, [.. metadata.Dimensions.Select(size => size < 0 ? samples : size)]);
}
