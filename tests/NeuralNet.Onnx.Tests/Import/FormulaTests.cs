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

    [Fact]
    public void A_formula_that_is_nearly_one_is_calculated_as_it_stands()
    {
        Compute(x => 1 / (Math.Exp(-x) + 3), "n = Neg(x)", "e = Exp(n)", "s = Add(e, three)", "y = Reciprocal(s)");
        Compute(
            x => x * Math.Clamp(x + 3, 1, 6) / 6,
            "a = Add(x, three)",
            "b = Clip(a, one, six)",
            "c = Mul(x, b)",
            "y = Div(c, six)");
        Compute(x => 6 / Math.Clamp(x + 3, 0, 6), "a = Add(x, three)", "b = Clip(a, zero, six)", "y = Div(six, b)");
        Compute(x => Math.Min(Math.Max(0, x), 3), "a = Relu(x)", "y = Min(a, three)");
        Compute(x => Math.Max(0, x), "a = Relu(x)", "y = Min(a)");
        Compute(_ => 2, "a = Div(x, x)", "y = Add(a, one)");

        // From −2.5 on, as 6/min(max(x + 3, 0), 6) has no limit at −3.
        static void Compute(Func<double, double> formula, params string[] nodes) =>
            Text(nodes).ShouldCompute(x => x.Select(formula), from: -2.5, to: 5);
    }

    [Fact]
    public void A_logarithm_of_two_values_is_none() =>
        Text(["a = Sigmoid(x)", "y = Log(six, a)"])
            .ShouldBe<NotSupportedException>("*(Log)*not its first input*");

    [Fact]
    public void A_formula_whose_steps_are_needed_elsewhere_is_calculated_as_it_stands()
    {
        Text(["a = Sigmoid(x)", "b = Mul(x, a)", "y = Concat(a, b)"]).Axis(2)
            .ShouldCompute(x => [.. x.Select(Sigmoid), .. x.Select(value => value * Sigmoid(value))]);
        Text(["a = Sigmoid(x)", "y = Mul(x, a)"]).Outputs("y", "a").ShouldCompute(
            x => [.. x.Select(value => value * Sigmoid(value)), .. x.Select(Sigmoid)],
            options: new() { OutputNames = ["y", "a"] });

        static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
    }

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
