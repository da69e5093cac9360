using System.Numerics;
using NeuralNet.Networks;
using NeuralNet.Tests.Serialization;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Models that an older version exported give the same bits as they did there: see TestData/v1.</summary>
public sealed class OldFilesTests
{
    [Fact]
    public void A_model_in_float() => AssertModel<float>("model-float");

    [Fact]
    public void A_model_in_double() => AssertModel<double>("model-double");

    private static void AssertModel<T>(string name)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var file = new OldFile(name, "onnx");
        Network<T> network = Network.LoadOnnx<T>(file.Open());
        file.ShouldHoldTheParametersOf(network);
        file.ShouldPredict(network.Predict(file.Inputs<T>(6)));
    }
}
