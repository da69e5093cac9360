using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Onnx.Tests.Readme;

/// <summary>The snippets of the guides that are about ONNX, in methods that give them what they need.</summary>
internal static class OnnxSnippets
{
    public static void Save(Network<float> network, Standardization standardization)
    {
        network.SaveOnnx("model.onnx", new() { AppendSoftmax = true, Preprocessing = standardization });
    }

    public static void Save(Pipeline<float> pipeline)
    {
        pipeline.SaveOnnx("model.onnx");    // preprocessing, network, calibration, threshold or costs, labels
    }

    public static Pipeline<float> LoadWithImputation()
    {
        Pipeline<float> pipeline = Pipeline.LoadOnnx<float>("model.onnx");
        return pipeline;
    }

    public static Network<float> Load()
    {
        Console.WriteLine(OnnxImporter.Describe("model.onnx"));    // inputs, operators, what can be loaded
        Network<float> network = Network.LoadOnnx<float>("model.onnx");
        return network;
    }

    public static Network<float> LoadImages()
    {
        var options = new OnnxImportOptions { ImageLayout = OnnxImageLayout.ChannelsLast };
        Network<float> network = Network.LoadOnnx<float>("model.onnx", options);
        return network;
    }
}
