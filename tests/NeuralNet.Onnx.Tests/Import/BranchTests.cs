using NeuralNet.Layers;
using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>
/// Ways that part and meet again: what two values that layers compute become together. Constants hold 0.25, 0.5, 0.75,
/// …
/// </summary>
public sealed class BranchTests
{
    private static readonly string[] _two = ["a = Relu(x)", "b = Tanh(a)", "c = Sigmoid(a)"];

    [Fact]
    public void Two_branches_are_added_multiplied_and_subtracted()
    {
        Combined("Add", (b, c) => b + c);
        Combined("Sum", (b, c) => b + c);
        Combined("Mul", (b, c) => b * c);
        Combined("Sub", (b, c) => b - c);
        Combined("Div", (b, c) => b / c);
    }

    [Fact]
    public void Two_branches_have_a_mean_a_maximum_and_a_minimum()
    {
        Combined("Mean", (b, c) => (b + c) / 2);
        Combined("Max", Math.Max);
        Combined("Min", Math.Min);
    }

    [Fact]
    public void Three_values_are_joined_at_once()
    {
        Joined("Sum", values => values.Sum());
        Joined("Mean", values => values.Average());
        Joined("Max", values => values.Max());
        Joined("Min", values => values.Min());

        static void Joined(string operation, Func<double[], double> join) =>
            new GraphText(4, [.. _two, $"y = {operation}(b, x, c)"])
                .ShouldCompute(x => x.Select(value => join([B(value), value, C(value)])));
    }

    [Fact]
    public void A_sum_takes_constants_beside_values()
    {
        new GraphText(4, [.. _two, "y = Sum(b, k, c, s)"]).Constant("k", 4).Number("s", 2)
            .ShouldCompute(x => x.Select((value, i) => B(value) + ((i + 1) * 0.25) + C(value) + 2));
        new GraphText(4, "y = Sum(k, x, k)").Constant("k", 4)
            .ShouldCompute(x => x.Select((value, i) => value + ((i + 1) * 0.5)));
        new GraphText(4, "y = Sum(x)").ShouldCompute(x => x);
        foreach (string operation in (string[])["Mean", "Max", "Min"])
        {
            new GraphText(4, [.. _two, $"y = {operation}(b, k, c)"]).Constant("k", 4)
                .ShouldBe<NotSupportedException>($"*node 3 ({operation})*several values and constants at once*");
        }
    }

    [Fact]
    public void A_value_meets_itself()
    {
        new GraphText(4, "y = Mul(x, x)").ShouldCompute(x => x.Select(value => value * value))
            .Layers.Should().ContainSingle().Which.Activation!.Name.Should().Be("Square");
        new GraphText(4, "a = MatMul(x, w)", "y = Mul(a, a)").Constant("w", 4, 3)
            .ShouldCompute(x => Product(x, 3).Select(value => value * value));
        new GraphText(4, "y = Add(x, x)").ShouldCompute(x => x.Select(value => 2 * value));
        new GraphText(4, "a = MatMul(x, w)", "y = Add(a, a)").Constant("w", 4, 3)
            .ShouldCompute(x => Product(x, 3).Select(value => 2 * value));
        new GraphText(4, "a = Tanh(x)", "y = Sub(a, a)").ShouldCompute(x => x.Select(_ => 0.0));
        new GraphText(4, "a = Tanh(x)", "y = Max(a, a)").ShouldCompute(x => x.Select(Math.Tanh));
        new GraphText(4, "a = Tanh(x)", "y = Concat(a, a, x)").With(OnnxAttribute.Int("axis", 1))
            .ShouldCompute(x => [.. x.Select(Math.Tanh), .. x.Select(Math.Tanh), .. x]);
    }

    [Fact]
    public void What_several_take_is_not_changed_for_one_of_them()
    {
        // An activation, a factor and a summand would become part of the dense layer, if nothing else took it.
        GraphText text = new GraphText(
            4,
            "a = MatMul(x, w)",
            "b = Relu(a)",
            "c = Mul(a, s)",
            "d = Add(a, k)",
            "e = Neg(a)",
            "y = Concat(a, b, c, d, e)")
            .With(OnnxAttribute.Int("axis", 1)).Constant("w", 4, 2).Number("s", 3).Constant("k", 2);
        text.ShouldCompute(x =>
        {
            double[] a = Product(x, 2);
            return
            [
                .. a, .. a.Select(value => Math.Max(0, value)), .. a.Select(value => 3 * value),
                .. a.Select((value, i) => value + ((i + 1) * 0.25)), .. a.Select(value => -value),
            ];
        });
        new GraphText(4, "a = Mul(x, s)", "b = Add(a, k)", "y = Mul(a, b)").Number("s", 3).Constant("k", 4)
            .ShouldCompute(x => x.Select((value, i) => 3 * value * ((3 * value) + ((i + 1) * 0.25))));
    }

    [Fact]
    public void A_way_without_a_layer_beside_one_with_layers_is_a_residual_block() =>
        new GraphText(3, "a = MatMul(x, w)", "b = Tanh(a)", "y = Add(b, x)").Constant("w", 3, 3)
            .ShouldCompute(x => Product(x, 3).Select((value, i) => Math.Tanh(value) + x[i]))
            .Layers.Should().ContainSingle().Which.Should().BeOfType<Residual<double>>();

    [Fact]
    public void A_value_that_not_all_ways_lead_through_is_kept()
    {
        // c takes a and b, of which b takes a, too; and d takes b once more, and the input.
        new GraphText(3, "a = Relu(x)", "b = Tanh(a)", "c = Mul(a, b)", "d = Concat(c, b, x)", "y = MatMul(d, w)")
            .Axis(3).Constant("w", 9, 2).ShouldCompute(x =>
            {
                double[] a = [.. x.Select(value => Math.Max(0, value))];
                double[] b = [.. a.Select(Math.Tanh)];
                return Product([.. a.Zip(b, (one, other) => one * other), .. b, .. x], 2);
            });
        new GraphText(
            3, "a = Exp(x)", "b = Tanh(x)", "c = Add(a, b)", "d = Mul(a, c)", "e = Sub(b, d)", "y = Div(e, a)")
            .ShouldCompute(x => x.Select(value =>
                (Math.Tanh(value) - (Math.Exp(value) * (Math.Exp(value) + Math.Tanh(value)))) / Math.Exp(value)));
    }

    [Fact]
    public void A_kept_value_is_computed_once()
    {
        Network<double> network = new GraphText(
            3, "a = MatMul(x, w)", "b = MatMul(a, v)", "c = Tanh(b)", "d = Mul(a, c)", "y = Concat(d, b, x)")
            .Axis(4).Constant("w", 3, 3).Constant("v", 3, 3).ShouldCompute(x =>
            {
                double[] a = Product(x, 3);
                double[] b = Product(a, 3);
                return [.. a.Zip(b, (one, other) => one * Math.Tanh(other)), .. b, .. x];
            });
        All(network.Body).Count(layer => layer is Dense<double>).Should().Be(2);

        static IEnumerable<Layer<double>> All(Layer<double> layer) => [layer, .. layer.Children.SelectMany(All)];
    }

    [Fact]
    public void Layers_each_of_which_takes_all_before_are_joined_as_in_DenseNet() =>
        new GraphText(
            3,
            "a = MatMul(x, u)",
            "b = Relu(a)",
            "c = Concat(x, b)",
            "d = MatMul(c, v)",
            "e = Tanh(d)",
            "f = Concat(x, b, e)",
            "y = MatMul(f, w)")
            .Axis(2).Axis(5).Constant("u", 3, 2).Constant("v", 5, 2).Constant("w", 7, 2).ShouldCompute(x =>
            {
                double[] b = [.. Product(x, 2).Select(value => Math.Max(0, value))];
                double[] e = [.. Product([.. x, .. b], 2).Select(Math.Tanh)];
                return Product([.. x, .. b, .. e], 2);
            });

    [Fact]
    public void Branches_lie_within_branches()
    {
        new GraphText(
            2,
            "a = Tanh(x)",
            "b = Sigmoid(a)",
            "c = Exp(a)",
            "d = Add(b, c)",
            "e = Mul(d, a)",
            "f = Relu(x)",
            "g = Sub(e, f)",
            "h = Max(g, x)",
            "y = Add(h, d)")
            .ShouldCompute(x => x.Select(value =>
            {
                double a = Math.Tanh(value);
                double d = Sigmoid(a) + Math.Exp(a);
                return Math.Max((d * a) - Math.Max(0, value), value) + d;
            }));
    }

    [Fact]
    public void One_feature_meets_several()
    {
        // A gate: one number for each sample, which multiplies all its features.
        new GraphText(4, "a = MatMul(x, w)", "g = Sigmoid(a)", "y = Mul(x, g)").Constant("w", 4, 1)
            .ShouldCompute(x => x.Select(value => value * Sigmoid(Product(x, 1)[0])));
        new GraphText(4, "a = MatMul(x, w)", "y = Sub(a, x)").Constant("w", 4, 1)
            .ShouldCompute(x => x.Select(value => Product(x, 1)[0] - value));
        new GraphText(4, "a = MatMul(x, w)", "g = Exp(a)", "y = Div(x, g)").Constant("w", 4, 1)
            .ShouldCompute(x => x.Select(value => value / Math.Exp(Product(x, 1)[0])));
    }

    [Fact]
    public void Images_are_weighted_by_channel_as_in_squeeze_and_excitation() =>
        new GraphText([2, 3, 2], "a = GlobalAveragePool(x)", "b = Conv(a, w)", "g = Sigmoid(b)", "y = Mul(x, g)")
            .Constant("w", 2, 2, 1, 1).ShouldCompute(x =>
            {
                double[] means = [x.Take(6).Average(), x.Skip(6).Average()];
                return x.Select((value, i) => value * Sigmoid(i < 6
                    ? (0.25 * means[0]) + (0.5 * means[1])
                    : (0.75 * means[0]) + means[1]));
            });

    [Fact]
    public void Values_in_different_orders_are_brought_into_one() =>
        new GraphText([2, 2, 3], "a = Transpose(x)").With(OnnxAttribute.Ints("perm", 0, 2, 1, 3))
            .Then("b = Conv(x, w)").Then("c = Mul(a, b)").Then("y = Sub(c, x)")
            .Constant("w", 2, 2, 1, 1).ShouldCompute(x => x.Select((value, i) =>
            {
                double turned = x[(i / 3 % 2 * 6) + (i / 6 * 3) + (i % 3)];
                double convolved = i < 6 ? (0.25 * x[i]) + (0.5 * x[i + 6]) : (0.75 * x[i - 6]) + x[i];
                return (turned * convolved) - value;
            }));

    [Fact]
    public void Values_of_other_dimensions_are_not_joined()
    {
        new GraphText(4, "a = MatMul(x, w)", "y = Mul(x, a)").Constant("w", 4, 3)
            .ShouldBe<NotSupportedException>("*node 1 (Mul)*different dimensions, batch × 4 and batch × 3*");
        new GraphText([2, 3], "a = Transpose(x)").With(OnnxAttribute.Ints("perm", 0, 2, 1)).Then("y = Add(a, x)")
            .ShouldBe<NotSupportedException>("*node 1 (Add)*batch × 3 × 2 and batch × 2 × 3*");
        new GraphText(4, "a = Flatten(x)").With(OnnxAttribute.Int("axis", 1)).Then("b = Unsqueeze(a, one)")
            .Then("y = Concat(b, x)").Axis(2).Integers("one", 1)
            .ShouldBe<NotSupportedException>("*node 2 (Concat)*values of batch × 1 × 4 and batch × 4 along axis 1*");
    }

    private static void Combined(string operation, Func<double, double, double> combine)
    {
        new GraphText(4, [.. _two, $"y = {operation}(b, c)"])
            .ShouldCompute(x => x.Select(value => combine(B(value), C(value))));

        // Of dense layers, into which a factor or an activation might go.
        new GraphText(3, "a = MatMul(x, w)", "b = MatMul(x, v)", "c = Exp(b)", $"y = {operation}(a, c)")
            .Constant("w", 3, 2).Floats("v", [3, 2], -0.5, 0.5, 0.25, 1, -0.75, 0.125)
            .ShouldCompute(x =>
            {
                double[] a = Product(x, 2);
                return
                [
                    combine(a[0], Math.Exp((-0.5 * x[0]) + (0.25 * x[1]) - (0.75 * x[2]))),
                    combine(a[1], Math.Exp((0.5 * x[0]) + x[1] + (0.125 * x[2]))),
                ];
            });
    }

    private static double B(double x) => Math.Tanh(Math.Max(0, x));

    private static double C(double x) => Sigmoid(Math.Max(0, x));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    // x times a matrix that holds 0.25, 0.5, 0.75, … row by row.
    private static double[] Product(double[] x, int columns) =>
    [
        .. Enumerable.Range(0, columns).Select(
            j => x.Select((value, i) => value * ((i * columns) + j + 1) * 0.25).Sum()),
    ];
}
