using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Single operators, calculated by hand. Constants hold 0.25, 0.5, 0.75, …</summary>
public sealed class OperatorTests
{
    [Theory]
    [InlineData("y = LeakyRelu(x)", -0.02, 3)]
    [InlineData("y = Elu(x)", -0.8646647167633873, 3)]
    [InlineData("y = Celu(x)", -0.8646647167633873, 3)]
    [InlineData("y = Clip(x)", -2, 3)]
    [InlineData("y = Add(x, c)", -1.75, 3.5)]
    [InlineData("y = Sub(x, c)", -2.25, 2.5)]
    [InlineData("y = Mul(c, x)", -0.5, 1.5)]
    [InlineData("y = Div(x, c)", -8, 6)]
    [InlineData("y = Div(x, s)", -8, 12)]
    [InlineData("y = PRelu(x, c)", -0.5, 3)]
    [InlineData("y = Gemm(x, w)", 1.75, 2)]
    [InlineData("y = Gemm(x, w, c)", 2, 2.5)]
    [InlineData("y = MatMul(x, w)", 1.75, 2)]
    [InlineData("y = BatchNormalization(x, c, c, c, c)", -0.8749775, 2.2677493)]
    [InlineData("y = LayerNormalization(x, c)", -0.2499998, 0.4999996)]
    public void An_operator_has_the_defaults_of_the_standard(string node, double first, double second) =>
        Predict(node).Should().SatisfyRespectively(
            value => value.Should().BeApproximately(first, 1e-6),
            value => value.Should().BeApproximately(second, 1e-6));

    [Fact]
    public void What_is_done_to_each_feature_goes_into_the_dense_layer_before()
    {
        // ((1.75, 2) + (0.25, 0.5))·0.25 − (0.25, 0.5), divided by (0.25, 0.5).
        string[] nodes =
            ["a = MatMul(x, w)", "b = Add(c, a)", "d = Mul(b, s)", "e = Sub(d, c)", "f = Div(e, c)", "y = Relu(f)"];
        Network<double> network = Load(nodes);
        network.Layers.Should().ContainSingle().Which.Activation!.Name.Should().Be("ReLU");
        Predict(nodes).Should().Equal(1, 0.25);
    }

    [Fact]
    public void What_is_done_to_each_feature_elsewhere_is_a_frozen_normalization()
    {
        // (((−2, 3) − (0.25, 0.5))·0.25 − 0.25) / (0.25, 0.5) + (0.25, 0.5).
        string[] nodes = ["a = Sub(x, c)", "b = Mul(a, s)", "d = Sub(b, s)", "e = Div(d, c)", "y = Add(c, e)"];
        Network<double> network = Load(nodes);
        network.Layers.Should().ContainSingle().Which.Kind.Should().Be("batchNormalization");
        network.Parameters.Should().OnlyContain(parameter => parameter.IsFrozen);
        Predict(nodes).Should().Equal(-3, 1.25);

        // ((−2, 3) + (0.25, 0.5))·(0.25, 0.5).
        Predict("a = Add(x, c)", "y = Mul(a, c)").Should().Equal(-0.4375, 1.75);
    }

    private static double[] Predict(params string[] nodes)
    {
        double[] outputs = new double[2];
        Load(nodes).Predict([-2, 3], outputs);
        return outputs;
    }

    private static Network<double> Load(params string[] nodes) =>
        Network.LoadOnnx<double>(
            new MemoryStream(new GraphText(2, nodes).Constant("c", 2).Constant("w", 2, 2).Constant("s").Bytes()));
}
