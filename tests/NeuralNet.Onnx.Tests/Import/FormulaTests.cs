using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Activations written with several operators, in ways that none of the models of others has.</summary>
public sealed class FormulaTests
{
    [Theory]
    [InlineData("LogSoftmax", "a = Softmax(x)", "y = Log(a)")]
    [InlineData("Sigmoid", "n = Neg(x)", "e = Exp(n)", "s = Add(e, one)", "y = Reciprocal(s)")]
    [InlineData("Sigmoid", "n = Neg(x)", "e = Exp(n)", "s = Add(one, e)", "y = Div(one, s)")]
    [InlineData("HardSwish", "a = Add(x, three)", "b = Clip(a, zero, six)", "c = Mul(x, b)", "y = Div(c, six)")]
    [InlineData("HardSigmoid", "a = Add(three, x)", "b = Clip(a, zero, six)", "y = Div(b, six)")]
    [InlineData("ReLU6", "a = Relu(x)", "y = Min(a, six)")]
    [InlineData("ReLU6", "a = Relu(x)", "y = Min(six, a)")]
    public void An_activation_is_known_by_its_formula(string activation, params string[] nodes) =>
        Network.LoadOnnx<float>(new MemoryStream(Text(nodes).Bytes())).Layers
            .Should().ContainSingle().Which.Activation!.Name.Should().Be(activation);

    [Theory]
    [InlineData("n = Neg(x)", "e = Exp(n)", "s = Add(e, three)", "y = Reciprocal(s)")]
    [InlineData("a = Add(x, three)", "b = Clip(a, one, six)", "c = Mul(x, b)", "y = Div(c, six)")]
    [InlineData("a = Add(x, three)", "b = Clip(a, zero, six)", "y = Div(six, b)")]
    [InlineData("a = Relu(x)", "y = Min(a, three)")]
    [InlineData("a = Relu(x)", "y = Min(a)")]
    [InlineData("a = Sigmoid(x)", "y = Log(six, a)")]
    [InlineData("a = Div(x, x)", "y = Add(a, one)")]
    public void A_formula_that_is_nearly_one_is_refused(params string[] nodes) =>
        FluentActions.Invoking(() => Network.LoadOnnx<float>(new MemoryStream(Text(nodes).Bytes())))
            .Should().Throw<NotSupportedException>();

    private static GraphText Text(string[] nodes)
    {
        GraphText text = new GraphText(4, nodes).Constant("zero").Constant("one").Constant("three").Constant("six");
        float[] values = [0, 1, 3, 6];
        for (int i = 0; i < values.Length; i++)
        {
            text.Graph.Initializer[i].FloatData[0] = values[i];
        }

        return text;
    }
}
