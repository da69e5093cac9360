using System.Reflection;
using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>
/// Models that people have predict what they do in ONNX Runtime. They are not part of the project: the environment
/// variable NEURALNET_ONNX_MODELS names the folder they are in; without it, these tests are skipped.
/// </summary>
public sealed class RealModelTests
{
    private const string Folder = "NeuralNet.Onnx.Tests.Models.Real.";

    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>Models of convolutional networks, each with the layers that it becomes.</summary>
    [RealModelsTheory]
    [InlineData("cntk_mnist-8", "convolution maxPooling convolution maxPooling dense")]
    [InlineData("keras2onnx_cnn_max_mninst3", "convolution maxPooling dense dense dense")]
    [InlineData("pytorch_conv_mp1", "permute convolution maxPooling dense dense")]
    [InlineData("pytorch_lenet", "convolution convolution dense dense")]
    [InlineData("tf2onnx_KJ_TinyTaxiNet", "convolution dense dense dense")]
    [InlineData("tf2onnx_traffic-classifier64", "batchNormalization convolution convolution dense dense dense")]
    [InlineData("matlab_ACASXU_experimental_v2a_1_2", "dense dense dense dense dense dense dense")]
    public void A_model_predicts_what_it_does_in_ONNX_Runtime(string name, string layers)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"{Folder}{name}.json")!;
        Answers answers = JsonSerializer.Deserialize<Answers>(stream, _options)!;
        Matrix<float> inputs = Matrix<float>.Build.Dense(
            answers.Inputs, answers.Samples, (i, s) => ((37 * i) + (11 * s)) % 101 / 101f);

        Network<float> network =
            Network.LoadOnnx<float>(Path.Combine(RealModelsTheoryAttribute.Folder!, name + ".onnx"));

        string.Join(' ', network.Layers.Select(layer => layer.Kind)).Should().Be(layers);
        TestData.Difference(
            network.Predict(inputs),
            Matrix<float>.Build.Dense(network.OutputSize, answers.Samples, answers.Expected)).Should().BeLessThan(2e-5);
    }

    private sealed record Answers(int Samples, int Inputs, float[] Expected);
}
