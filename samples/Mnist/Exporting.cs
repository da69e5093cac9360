using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.Onnx;
using NeuralNet.Serialization;

namespace NeuralNet.Samples.Mnist;

/// <summary>Writes a network that was trained before for other programs.</summary>
internal static class Exporting
{
    /// <summary>Runs the command.</summary>
    /// <exception cref="SampleException">Something the user can put right.</exception>
    public static void Run(ExportOptions options, SampleEnvironment environment)
    {
        OutputFile.RequireWritable("--onnx", options.Onnx);
        OutputFile.RequireWritable("--safetensors", options.Safetensors);
        Network<float> network = SavedNetwork.Load(options.Model);

        // Softmax is added to a network that gives logits, so that every exported model gives probabilities.
        bool givesLogits = network.OutputKind is null or OutputKind.Real;
        OutputFile.Write("--onnx", options.Onnx, path => network.SaveOnnx(path, new() { AppendSoftmax = givesLogits }));
        OutputFile.Write("--safetensors", options.Safetensors, network.SaveParameters);
        foreach (string file in new[] { options.Onnx, options.Safetensors }.OfType<string>())
        {
            environment.Report.Notice($"wrote {file}");
        }
    }
}
