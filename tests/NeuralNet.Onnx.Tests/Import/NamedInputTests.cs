using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>
/// Several inputs of a model are named inputs of the network, one below the other in a sample. Constants hold 0.25,
/// 0.5, 0.75, …
/// </summary>
public sealed class NamedInputTests
{
    [Fact]
    public void Two_inputs_that_are_joined_are_named()
    {
        Network<double> network = new GraphText(2, "a = Concat(x, z)", "y = MatMul(a, w)").Axis(0).Input("z", 3)
            .Constant("w", 5, 1).ShouldCompute(x => [x.Select((value, i) => value * (i + 1) * 0.25).Sum()]);
        network.Inputs.Select(input => (input.Name, input.Size)).Should().Equal(("x", 2), ("z", 3));
    }

    [Fact]
    public void Inputs_keep_the_order_of_the_file()
    {
        Network<double> network = new GraphText(2, "y = Concat(z, x)").Axis(0).Input("z", 3)
            .ShouldCompute(x => [x[2], x[3], x[4], x[0], x[1]]);
        network.Inputs.Select(input => input.Name).Should().Equal("x", "z");
    }

    [Fact]
    public void Columns_of_a_table_that_a_vectorizer_joins_are_named_inputs()
    {
        Network<double> network = new GraphText(1, "a = ai.onnx.ml.FeatureVectorizer(x, b, c)", "y = MatMul(a, w)")
            .Input("b", 1).Input("c", 2).Constant("w", 4, 2)
            .ShouldCompute(x => Enumerable.Range(0, 2).Select(
                j => x.Select((value, i) => value * ((2 * i) + j + 1) * 0.25).Sum()));
        network.Inputs.Select(input => (input.Name, input.Size)).Should().Equal(("x", 1), ("b", 1), ("c", 2));
    }

    [Fact]
    public void Two_inputs_are_added()
    {
        Network<double> network = new GraphText(4, "y = Add(x, z)").Input("z", 4)
            .ShouldCompute(x => x.Take(4).Zip(x.Skip(4), (one, other) => one + other));
        network.Inputs.Select(input => input.Name).Should().Equal("x", "z");
    }

    [Fact]
    public void Each_input_may_go_through_layers_of_its_own()
    {
        new GraphText(2, "a = MatMul(x, u)", "b = Tanh(a)", "c = MatMul(z, v)", "d = Mul(b, c)", "y = Concat(d, z, x)")
            .Axis(4).Input("z", 3).Constant("u", 2, 2).Constant("v", 3, 2).ShouldCompute(x =>
            {
                double[] b = [Math.Tanh((0.25 * x[0]) + (0.75 * x[1])), Math.Tanh((0.5 * x[0]) + x[1])];
                double[] c =
                [
                    (0.25 * x[2]) + (0.75 * x[3]) + (1.25 * x[4]),
                    (0.5 * x[2]) + x[3] + (1.5 * x[4]),
                ];
                return [b[0] * c[0], b[1] * c[1], x[2], x[3], x[4], x[0], x[1]];
            });
    }

    [Fact]
    public void An_image_and_a_table_are_two_inputs()
    {
        GraphText text = new GraphText([2, 3, 2], "a = Conv(x, w)", "b = Flatten(a)", "y = Concat(b, z)").Axis(2)
            .Input("z", 3).Constant("w", 1, 2, 1, 1);
        Network<double> network = text.ShouldCompute(x =>
        [
            .. Enumerable.Range(0, 6).Select(i => (0.25 * x[i]) + (0.5 * x[i + 6])), x[12], x[13], x[14],
        ]);
        network.Inputs["x"].Shape.Should().Be(new FeatureShape(2, 3, 2));
        text.Load(new() { ImageLayout = OnnxImageLayout.ChannelsLast }).Inputs["x"].Shape
            .Should().Be(new FeatureShape(3, 2, 2));
    }

    [Fact]
    public void Whole_numbers_are_taken_as_numbers()
    {
        foreach (int kind in new[] { ElementKind.Int64, ElementKind.Int32, ElementKind.Bool, ElementKind.Double })
        {
            GraphText text = new GraphText(4, "a = Cast(x)").With(OnnxAttribute.Int("to", ElementKind.Float))
                .Then("y = Mul(a, c)").Constant("c", 4);
            text.Graph.Input[0].Type.TensorType.ElemType = kind;
            text.ShouldCompute(x => x.Select((value, i) => value * (i + 1) * 0.25));
        }
    }

    [Fact]
    public void Numbers_that_choose_rows_of_a_table_are_an_embedding()
    {
        GraphText text = new GraphText(3, "a = Gather(t, x)", "y = Flatten(a)").Constant("t", 5, 2);
        text.Graph.Input[0].Type.TensorType.ElemType = ElementKind.Int64;
        Network<double> network = text.Load();
        double[] outputs = new double[6];
        network.Predict([4, 0, 2], outputs);
        outputs.Should().Equal(2.25, 2.5, 0.25, 0.5, 1.25, 1.5);
    }

    [Fact]
    public void An_input_of_text_is_refused_where_it_is_used()
    {
        GraphText text = new GraphText(4, "y = Relu(x)", "b = Relu(z)").Input("z", 4);
        text.Graph.Input[1].Type.TensorType.ElemType = ElementKind.Text;
        text.ShouldCompute(x => x.Select(value => Math.Max(0, value))).Inputs.Should().ContainSingle();
        text.Outputs("b").ShouldBe<NotSupportedException>("*input 'z' is of string; a network takes numbers*");
    }

    [Fact]
    public void An_input_that_no_output_needs_is_ignored()
    {
        GraphText text = new GraphText(4, "y = Relu(x)", "b = If(z, x)").Input("z", 0, 7).Input("unused");
        Network<double> network = text.ShouldCompute(x => x.Select(value => Math.Max(0, value)));
        network.Inputs.Should().ContainSingle();
        network.InputSize.Should().Be(4);
    }

    [Fact]
    public void An_input_of_no_array_is_refused_where_it_is_used()
    {
        GraphText text = new GraphText(4, "y = Relu(x)", "b = Relu(z)").Input("z", 4);
        text.Graph.Input[1].Type = new();
        text.ShouldCompute(x => x.Select(value => Math.Max(0, value)));
        text.Outputs("b").ShouldBe<NotSupportedException>("*input 'z' is no array of numbers*");
    }

    [Fact]
    public void An_input_whose_size_nothing_tells_is_refused_by_name() =>
        new GraphText(2, "a = Relu(x)", "b = Relu(z)", "y = Concat(a, b)").Axis(2).Input("z", 0)
            .ShouldBe<NotSupportedException>("*node 2 (Concat)*batch × ?*one size*");
}
