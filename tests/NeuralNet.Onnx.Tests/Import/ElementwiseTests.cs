using NeuralNet.Activations;
using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Functions of single numbers. Constants hold 0.25, 0.5, 0.75, …</summary>
public sealed class ElementwiseTests
{
    [Fact]
    public void Functions_are_activations()
    {
        Function("Abs", Math.Abs, "AbsoluteValue");
        Function("Exp", Math.Exp, "Exponential");
        Function("Log", Math.Log, "Logarithm", from: 0.1);
        Function("Sqrt", Math.Sqrt, "SquareRoot", from: 0.1);
        Function("Reciprocal", x => 1 / x, "Reciprocal", from: 0.1);
        Function("ThresholdedRelu", x => x > 1 ? x : 0, "ThresholdedReLU");
        Function("Shrink", x => Math.Abs(x) <= 0.5 ? 0 : x, "HardShrink");
        Function("HardSwish", x => x * Math.Clamp((x / 6) + 0.5, 0, 1), "HardSwish", from: -5, to: 5);

        static void Function(
            string operation, Func<double, double> function, string name, double from = -3, double to = 3)
        {
            new GraphText(4, $"y = {operation}(x)").ShouldCompute(x => x.Select(function), from, to)
                .Layers.Should().ContainSingle().Which.Activation!.Name.Should().Be(name);

            // Behind a dense layer, as its activation.
            new GraphText(2, "a = MatMul(x, w)", $"y = {operation}(a)").Constant("w", 2, 2)
                .ShouldCompute(
                    x => [function((0.25 * x[0]) + (0.75 * x[1])), function((0.5 * x[0]) + x[1])], from, to)
                .Layers.Should().ContainSingle().Which.Activation!.Name.Should().Be(name);
        }
    }

    [Fact]
    public void Powers_are_those_that_an_activation_does()
    {
        Power(1, x => x);
        Power(2, x => x * x);
        Power(0.5f, Math.Sqrt, from: 0.1);
        Power(-1, x => 1 / x, from: 0.1);
        new GraphText(4, "y = Pow(x, p)").Number("p", 3)
            .ShouldBe<NotSupportedException>("*node 0 (Pow)*exponent is 3; 2, 1, 0.5 and −1*");
        new GraphText(4, "y = Pow(p, x)").Number("p", 3)
            .ShouldBe<NotSupportedException>("*node 0 (Pow)*not its first input*");
        new GraphText(4, "y = Pow(x, p)").Constant("p", 4)
            .ShouldBe<NotSupportedException>("*node 0 (Pow)*'p' (4) is not a single number*");

        static void Power(float exponent, Func<double, double> function, double from = -3) =>
            new GraphText(4, "y = Pow(x, p)").Number("p", exponent).ShouldCompute(x => x.Select(function), from);
    }

    [Fact]
    public void A_value_is_negated()
    {
        new GraphText(4, "y = Neg(x)").ShouldCompute(x => x.Select(value => -value));
        new GraphText(2, "a = MatMul(x, w)", "b = Add(a, c)", "d = Neg(b)", "y = Relu(d)").Constant("w", 2, 2)
            .Constant("c", 2).ShouldCompute(x =>
            [
                Math.Max(0, -((0.25 * x[0]) + (0.75 * x[1]) + 0.25)), Math.Max(0, -((0.5 * x[0]) + x[1] + 0.5)),
            ])
            .Layers.Should().ContainSingle();
    }

    [Fact]
    public void A_constant_is_divided_or_subtracted_from()
    {
        new GraphText(4, "y = Div(c, x)").Constant("c", 4)
            .ShouldCompute(x => x.Select((value, i) => (i + 1) * 0.25 / value), from: 0.1);
        new GraphText(4, "y = Sub(c, x)").Constant("c", 4)
            .ShouldCompute(x => x.Select((value, i) => ((i + 1) * 0.25) - value));
        new GraphText(4, "a = Exp(x)", "b = Add(a, one)", "y = Div(c, b)").Number("one", 1).Constant("c", 4)
            .ShouldCompute(x => x.Select((value, i) => (i + 1) * 0.25 / (1 + Math.Exp(value))));
        new GraphText(2, "a = MatMul(x, w)", "b = Sub(c, a)", "y = Div(s, b)").Constant("w", 2, 2).Number("s", 3)
            .Constant("c", 2).ShouldCompute(x =>
            [
                3 / (0.25 - ((0.25 * x[0]) + (0.75 * x[1]))), 3 / (0.5 - ((0.5 * x[0]) + x[1])),
            ]);
    }

    [Fact]
    public void A_threshold_may_be_any_and_a_choice()
    {
        new GraphText(4, "y = ThresholdedRelu(x)").With(OnnxAttribute.Float("alpha", -0.5))
            .ShouldCompute(x => x.Select(value => value > -0.5 ? value : 0));
        new GraphText(4, "a = Greater(x, t)", "y = Where(a, x, zero)").Number("t", 0.5f).Number("zero", 0)
            .ShouldCompute(x => x.Select(value => value > 0.5 ? value : 0))
            .Layers.Should().ContainSingle().Which.Activation!.Name.Should().Be("ThresholdedReLU");
        new GraphText(4, "a = LessOrEqual(x, t)", "y = Where(a, zero, x)").Number("t", 0.5f).Number("zero", 0)
            .ShouldCompute(x => x.Select(value => value <= 0.5 ? 0 : value));
        new GraphText(4, "a = Greater(x, t)", "y = Where(a, x, t)").Number("t", 0.5f)
            .ShouldBe<NotSupportedException>("*node 1 (Where)*chooses between values*");
    }

    [Fact]
    public void What_shrinks_does_so_by_nothing_or_by_its_threshold()
    {
        new GraphText(4, "y = Shrink(x)").With(OnnxAttribute.Float("lambd", 1.5)).With(OnnxAttribute.Float("bias", 1.5))
            .ShouldCompute(x => x.Select(value => value - Math.Clamp(value, -1.5, 1.5)))
            .Layers.Should().ContainSingle().Which.Activation!.Name.Should().Be("SoftShrink");
        new GraphText(4, "y = Shrink(x)").With(OnnxAttribute.Float("bias", 0.25))
            .ShouldBe<NotSupportedException>(
                "*node 0 (Shrink)*its bias is 0.25; 0 and its 'lambd', here 0.5, are known*");
        new GraphText(4, "a = Tanh(x)", "y = Sub(x, a)")
            .ShouldCompute(x => x.Select(value => value - Math.Tanh(value)))
            .Layers.Should().ContainSingle().Which.Activation!.Name.Should().Be("TanhShrink");
        new GraphText(4, "a = Relu(x)", "y = Mul(a, a)")
            .ShouldCompute(x => x.Select(value => Math.Max(value, 0) * Math.Max(value, 0)))
            .Layers.Should().ContainSingle().Which.Activation!.Name.Should().Be("SquaredReLU");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(1.702)]
    [InlineData(0)]
    [InlineData(-2)]
    public void Swish_has_a_factor(double alpha) =>
        new GraphText(4, "y = Swish(x)").With(OnnxAttribute.Float("alpha", alpha)).Opset(24)
            .ShouldCompute(x => x.Select(value => value / (1 + Math.Exp(-alpha * value))));

    [Fact]
    public void A_hard_sigmoid_of_any_slope_is_one()
    {
        new GraphText(4, "y = HardSigmoid(x)")
            .ShouldCompute(x => x.Select(value => Math.Clamp((0.2 * value) + 0.5, 0, 1)), from: -5, to: 5);
        new GraphText(4, "y = HardSigmoid(x)").With(OnnxAttribute.Float("alpha", -0.3))
            .With(OnnxAttribute.Float("beta", 0.1))
            .ShouldCompute(x => x.Select(value => Math.Clamp((-0.3 * value) + 0.1, 0, 1)), from: -5, to: 5);
        new GraphText(4, "y = HardSigmoid(x)").With(OnnxAttribute.Float("alpha", 1.0 / 6))
            .ShouldCompute(x => x.Select(value => Math.Clamp((value / 6) + 0.5, 0, 1)), from: -5, to: 5)
            .Layers.Should().ContainSingle().Which.Activation!.Name.Should().Be("HardSigmoid");
    }

    [Fact]
    public void A_selu_of_any_constants_is_one()
    {
        Selu(1.7, 1.0507009873554805);
        Selu(1.6732632423543772, 1);
        Selu(1.6732632423543772, 1.0507009873554805);
        new GraphText(4, "y = Selu(x)").Load().Layers.Should().ContainSingle()
            .Which.Activation!.Name.Should().Be("SELU");

        // The file holds the constants as floats, which are read as the shortest decimals.
        static void Selu(double alpha, double gamma) =>
            new GraphText(4, "y = Selu(x)").With(OnnxAttribute.Float("alpha", alpha))
                .With(OnnxAttribute.Float("gamma", gamma)).Load().Predict([-2, -0.5, 0.5, 3])
                .Should().Equal(
                    new[] { -2, -0.5, 0.5, 3 }.Select(x => gamma * (x > 0 ? x : alpha * double.ExpM1(x))),
                    (actual, expected) => Math.Abs(actual - expected) < 1e-6);
    }

    [Fact]
    public void A_leaky_relu_may_have_any_slope()
    {
        foreach (double slope in new[] { 0.2, 0, 1, 2.5, -0.5 })
        {
            new GraphText(4, "y = LeakyRelu(x)").With(OnnxAttribute.Float("alpha", slope))
                .ShouldCompute(x => x.Select(value => value > 0 ? value : slope * value));
        }
    }

    [Fact]
    public void A_clip_may_have_one_bound()
    {
        new GraphText(4, "y = Clip(x, low)").Number("low", -0.5f)
            .ShouldCompute(x => x.Select(value => Math.Max(-0.5, value)));
        GraphText high = new GraphText(4, "y = Clip(x, none, high)").Number("high", 0.75f);
        high.Graph.Node[0].Input[1] = "";
        high.ShouldCompute(x => x.Select(value => Math.Min(0.75, value)));
        new GraphText(4, "y = Clip(x, low, high)").Number("low", -0.5f).Number("high", 0.75f)
            .ShouldCompute(x => x.Select(value => Math.Clamp(value, -0.5, 0.75)));
        new GraphText(4, "y = Clip(x)").With(OnnxAttribute.Float("max", 2)).Opset(6)
            .ShouldCompute(x => x.Select(value => Math.Min(2, value)));
        new GraphText(4, "y = Clip(x)").ShouldCompute(x => x);
        new GraphText(2, "a = MatMul(x, w)", "y = Clip(a, low)").Number("low", -0.5f).Constant("w", 2, 1)
            .ShouldCompute(x => [Math.Max(-0.5, (0.25 * x[0]) + (0.5 * x[1]))]);
    }

    [Fact]
    public void The_larger_or_smaller_of_a_value_and_a_constant_is_taken()
    {
        new GraphText(4, "y = Max(x, c)").Number("c", -0.5f)
            .ShouldCompute(x => x.Select(value => Math.Max(-0.5, value)));
        new GraphText(4, "y = Max(c, x)").Constant("c", 4)
            .ShouldCompute(x => x.Select((value, i) => Math.Max((i + 1) * 0.25, value)));
        new GraphText(4, "y = Min(x, c)").Number("c", 0.5f).ShouldCompute(x => x.Select(value => Math.Min(0.5, value)));
        new GraphText(4, "y = Min(c, x)").Constant("c", 4)
            .ShouldCompute(x => x.Select((value, i) => Math.Min((i + 1) * 0.25, value)));
        new GraphText([2, 3], "y = Min(x, c)").Constant("c", 2, 1)
            .ShouldCompute(x => x.Select((value, i) => Math.Min(((i / 3) + 1) * 0.25, value)));
        new GraphText(2, "a = MatMul(x, w)", "b = Min(a, c)", "y = Max(b, d)").Constant("w", 2, 2).Constant("c", 2)
            .Number("d", -1).ShouldCompute(x =>
            [
                Math.Max(Math.Min((0.25 * x[0]) + (0.75 * x[1]), 0.25), -1),
                Math.Max(Math.Min((0.5 * x[0]) + x[1], 0.5), -1),
            ]);
        new GraphText(4, "y = Max(x, c, d)").Number("c", 1).Number("d", 2)
            .ShouldBe<NotSupportedException>("*node 0 (Max)*more than one constant*");
    }

    [Fact]
    public void The_larger_of_a_value_and_a_part_of_it_is_a_leaky_relu()
    {
        foreach (string maximum in new[] { "y = Max(a, x)", "y = Max(x, a)" })
        {
            new GraphText(4, "a = Mul(x, slope)", maximum).Number("slope", 0.2f)
                .ShouldCompute(x => x.Select(value => value > 0 ? value : 0.2 * value))
                .Layers.Should().ContainSingle().Which.Activation!.Name.Should().Be("LeakyReLU");
        }

        // A factor above 1 makes what is above 0 the larger.
        new GraphText(4, "a = Mul(x, factor)", "y = Max(a, x)").Number("factor", 3)
            .ShouldCompute(x => x.Select(value => value > 0 ? 3 * value : value));
        new GraphText(4, "a = Mul(slope, x)", "b = Max(x, a)", "y = Add(a, b)").Number("slope", 0.25f)
            .ShouldCompute(x => x.Select(value => (value > 0 ? value : 0.25 * value) + (0.25 * value)));
    }

    [Fact]
    public void A_quick_gelu_is_one_activation_between_factors()
    {
        new GraphText(4, "a = Mul(x, k)", "b = Sigmoid(a)", "y = Mul(x, b)").Number("k", 1.702f)
            .ShouldCompute(x => x.Select(value => value / (1 + Math.Exp(-1.702 * value))))
            .Layers.Select(layer => layer.Activation?.Name).Should().ContainSingle(name => name != null)
            .Which.Should().Be("SiLU");
        new GraphText(2, "c = MatMul(x, w)", "a = Mul(k, c)", "b = Sigmoid(a)", "y = Mul(b, c)").Number("k", 1.702f)
            .Constant("w", 2, 1).ShouldCompute(x =>
            {
                double c = (0.25 * x[0]) + (0.5 * x[1]);
                return [c / (1 + Math.Exp(-1.702 * c))];
            })
            .Layers[0].Activation!.Name.Should().Be("SiLU");
    }

    [Fact]
    public void Arithmetic_of_very_old_files_says_where_a_constant_begins()
    {
        // Up to opset 6, 'axis' is that of the value at which those of the constant begin.
        GraphText old = new GraphText([2, 3], "y = Add(x, c)").With(OnnxAttribute.Int("broadcast", 1))
            .With(OnnxAttribute.Int("axis", 1)).Constant("c", 2).Opset(6);
        old.ShouldCompute(x => x.Select((value, i) => value + (((i / 3) + 1) * 0.25)));
        new GraphText([2, 3], "y = Mul(x, c)").With(OnnxAttribute.Int("broadcast", 1)).Constant("c", 3).Opset(6)
            .ShouldCompute(x => x.Select((value, i) => value * ((i % 3) + 1) * 0.25));
        new GraphText(4, "y = Relu(x)").Opset(6).ShouldCompute(x => x.Select(value => Math.Max(0, value)));
    }

    [Fact]
    public void An_activation_that_begins_with_a_quotient_is_one()
    {
        Network<double> network = new GraphText(3, "q = Div(x, a)", "e = Elu(q)", "y = Mul(e, a)").Number("a", 2)
            .ShouldCompute(x => x.Select(value => value > 0 ? value : 2 * (Math.Exp(value / 2) - 1)));
        network.Layers.Should().ContainSingle().Which.Activation.Should().BeOfType<CELU>();
    }
}
