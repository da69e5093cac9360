using NeuralNet.Layers;
using NeuralNet.Networks;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>
/// Layers written with several operators: every one of them must be what the layer needs, or it is another calculation.
/// </summary>
public sealed class PatternTests
{
    private static readonly string[] _flattening =
        ["s = Shape(x)", "g = Gather(s, zero)", "u = Unsqueeze(g, zero)", "c = Concat(u, four)", "y = Reshape(x, c)"];

    private static readonly string[] _normalization =
    [
        "m = ReduceMean(x)", "d = Sub(x, m)", "q = Pow(d, two)", "v = ReduceMean(q)", "t = Add(v, e)", "r = Sqrt(t)",
        "n = Div(d, r)", "y = Mul(n, gamma)",
    ];

    [Fact]
    public void A_reshape_to_the_batch_and_the_features_is_read()
    {
        Flattening(_flattening).ShouldCompute(x => x);
        Flattening(["s = Shape(x)", "g = Gather(s, zero)", "c = Concat(g, four)", "y = Reshape(x, c)"])
            .ShouldCompute(x => x);

        // As batch × 4 × 1, where a 0 stands for the dimension that was there.
        Flattening([.. _flattening[..3], "c = Concat(u, two)", "y = Reshape(x, c)"]).ShouldCompute(x => x);
    }

    [Theory]
    [InlineData(1, "g = Gather(s, one)")]
    [InlineData(1, "g = Gather(s, two)")]
    [InlineData(1, "g = Slice(s, zero)")]
    [InlineData(3, "c = Concat(four, u)")]
    [InlineData(3, "c = Concat(u, four, four)")]
    [InlineData(3, "c = Sum(u, four)")]
    public void A_reshape_to_anything_else_is_refused(int at, string node) =>
        Refused(Flattening([.. _flattening[..at], node, .. _flattening[(at + 1)..]]));

    [Theory]
    [InlineData(0, "start")]
    [InlineData(1, "axis")]
    public void A_reshape_to_another_dimension_is_refused(int node, string attribute)
    {
        GraphText text = Flattening(_flattening);
        text.Graph.Node[node].Attribute.Add(OnnxAttribute.Int(attribute, 1).Proto);
        Refused(text);
    }

    [Fact]
    public void A_reshape_whose_shape_goes_elsewhere_too_is_refused()
    {
        Refused(Flattening([.. _flattening[..4], "z = Reshape(x, c)", "y = Add(z, c)"]));
        GraphText shape = Flattening(_flattening);
        shape.Graph.Output[0].Name = "c";
        Refused(shape);
    }

    [Fact]
    public void A_normalization_of_single_operators_is_one_layer() =>
        Network.LoadOnnx<float>(new MemoryStream(Normalization(_normalization).Bytes()))
            .Layers.Should().ContainSingle().Which.Should().BeOfType<LayerNormalization<float>>().Which.Epsilon.Should()
            .Be(0.25);

    [Fact]
    public void A_normalization_that_calculates_something_else_is_no_layer_but_what_it_is()
    {
        Compute(1, "d = Sub(m, x)", x => Normalized(x).Select((n, i) => -n * Gamma(i)));
        Compute(1, "d = Add(x, m)", x =>
        {
            double[] d = [.. x.Select(value => value + x.Average())];
            return d.Select((one, i) => one / Math.Sqrt(d.Average(other => other * other) + 0.25) * Gamma(i));
        });
        Scaled(2, "q = Mul(d, two)", (d, _) => d / Math.Sqrt(0.25));
        Compute(4, "t = Add(v, gamma)", x => Deviations(x).Select(
            (d, i) => d / Math.Sqrt(Variance(x) + Gamma(i)) * Gamma(i)));
        Scaled(4, "t = Sub(v, e)", (d, variance) => d / Math.Sqrt(variance - 0.25));
        Scaled(5, "r = Exp(t)", (d, variance) => d / Math.Exp(variance + 0.25));
        Scaled(6, "n = Div(r, d)", (d, variance) => Math.Sqrt(variance + 0.25) / d);
        Scaled(6, "n = Mul(d, r)", (d, variance) => d * Math.Sqrt(variance + 0.25));

        static void Scaled(int at, string node, Func<double, double, double> scaled) =>
            Compute(at, node, x => Deviations(x).Select((d, i) => scaled(d, Variance(x)) * Gamma(i)));

        static void Compute(int at, string node, Func<double[], IEnumerable<double>> formula) =>
            Normalization([.. _normalization[..at], node, .. _normalization[(at + 1)..]]).ShouldCompute(formula)
                .Layers.Should().NotContain(layer => layer is LayerNormalization<double>);
    }

    [Theory]
    [InlineData(2, "q = Pow(d, three)", "*(Pow)*exponent is 3*")]
    [InlineData(2, "q = Pow(d, gamma)", "*(Pow)*'gamma' (4) is not a single number*")]
    [InlineData(3, "v = ReduceSum(q)", "*(ReduceSum)*across samples*")]
    public void A_normalization_with_a_step_that_no_layer_does_is_refused(int at, string node, string message) =>
        Normalization([.. _normalization[..at], node, .. _normalization[(at + 1)..]])
            .ShouldBe<NotSupportedException>(message);

    [Theory]
    [InlineData(0, "axes", 0)]
    [InlineData(3, "axes", 0)]
    [InlineData(0, "keepdims", 0)]
    [InlineData(3, "keepdims", 0)]
    public void A_mean_over_anything_but_the_features_is_refused(int node, string attribute, long value)
    {
        GraphText text = Normalization(_normalization);
        AttributeProto? axes = text.Graph.Node[node].Attribute.SingleOrDefault(a => a.Name == attribute);
        if (axes is not null)
        {
            axes.Ints[0] = value;
        }
        else
        {
            text.Graph.Node[node].Attribute.Add(OnnxAttribute.Int(attribute, value).Proto);
        }

        Refused(text);
    }

    [Fact]
    public void A_normalization_without_a_scale_per_feature_is_calculated_as_it_stands()
    {
        Normalization([.. _normalization[..6], "y = Div(d, r)"]).ShouldCompute(Normalized);
        Normalization([.. _normalization[..7], "y = Relu(n)"])
            .ShouldCompute(x => Normalized(x).Select(value => Math.Max(0, value)));
        Normalization([.. _normalization[..7], "y = Mul(n, e)"])
            .ShouldCompute(x => Normalized(x).Select(value => value * 0.25));
    }

    [Fact]
    public void A_normalization_of_single_operators_computes_what_they_do()
    {
        Normalization(_normalization).ShouldCompute(x => Normalized(x).Select((n, i) => n * Gamma(i)));
        Normalization([.. _normalization[..7], "z = Mul(gamma, n)", "y = Add(gamma, z)"])
            .ShouldCompute(x => Normalized(x).Select((n, i) => (n * Gamma(i)) + Gamma(i)));
    }

    [Fact]
    public void What_is_added_after_a_normalization_is_its_shift_where_it_has_one_number_per_feature()
    {
        Load("z = Mul(n, gamma)", "y = Add(z, gamma)").Should().Equal("layerNormalization");
        Load("z = Mul(gamma, n)", "y = Add(gamma, z)").Should().Equal("layerNormalization");
        Load("z = Mul(n, gamma)", "y = Add(z, e)").Should().Equal("layerNormalization", "batchNormalization");

        static IEnumerable<string> Load(params string[] end) =>
            Network.LoadOnnx<float>(
                new MemoryStream(Normalization([.. _normalization[..7], .. end]).Bytes())).Layers.Select(layer =>
                    layer.Kind);
    }

    private static GraphText Flattening(string[] nodes) =>
        new GraphText(4, nodes).Integers("zero", 0).Integers("one", 1).Integers("two", 0, 1).Integers("four", 4);

    // Constants hold 0.25, 0.5, 0.75, …
    private static GraphText Normalization(string[] nodes)
    {
        GraphText text = new GraphText(4, nodes).Constant("gamma", 4).Constant("e").Integers("two", 2)
            .Integers("three", 3).Integers("whole", 1, 2, 3, 4);
        foreach (NodeProto mean
            in text.Graph.Node.Where(node => node.OpType.StartsWith("Reduce", StringComparison.Ordinal)))
        {
            var axes = new AttributeProto { Name = "axes", Type = AttributeKind.Ints };
            axes.Ints.Add(-1);
            mean.Attribute.Add(axes);
        }

        return text;
    }

    private static IEnumerable<double> Normalized(double[] x) =>
        Deviations(x).Select(d => d / Math.Sqrt(Variance(x) + 0.25));

    private static IEnumerable<double> Deviations(double[] x) => x.Select(value => value - x.Average());

    private static double Variance(double[] x) => Deviations(x).Average(d => d * d);

    private static double Gamma(int i) => (i + 1) * 0.25;

    private static void Refused(GraphText text) =>
        FluentActions.Invoking(() => Network.LoadOnnx<float>(new MemoryStream(text.Bytes()), name: "test.onnx"))
            .Should().Throw<Exception>()
            .Which.Should().Match(exception => exception is NotSupportedException || exception is InvalidDataException);
}
