using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.Onnx;
using NeuralNet.Serialization;

namespace NeuralNet.Samples.Digits;

/// <summary>Writes a network that was trained before for other programs.</summary>
internal static class Exporting
{
    /// <summary>Runs the command.</summary>
    /// <exception cref="SampleException">Something the user can put right.</exception>
    public static void Run(ExportOptions options, SampleEnvironment environment)
    {
        OutputFile onnx = new("--onnx", options.Onnx);
        OutputFile safetensors = new("--safetensors", options.Safetensors);
        onnx.RequireWritable();
        safetensors.RequireWritable();
        Network<float> network = SavedNetwork.Load(options.Model);

        // Softmax is added to a network that gives logits, so that every exported model gives probabilities.
        bool givesLogits = network.OutputKind is null or OutputKind.Real;
        OutputFile.WriteAll(
            environment.Report,
            (onnx, path => network.SaveOnnx(path, new() { AppendSoftmax = givesLogits })),
            (safetensors, network.SaveParameters));
    }
}
