using NeuralNet.Networks;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>The ways a file has of saying a number. Constants hold 0.25, 0.5, 0.75, …</summary>
public sealed class ConstantTests
{
    private static readonly double[] _input = [-2, 3];

    [Fact]
    public void A_constant_is_the_same_through_operators_that_do_not_change_it()
    {
        double[] expected = Predict(new GraphText(2, "y = MatMul(x, w)").Constant("w", 2, 2));
        Predict(new GraphText(2, "v = Identity(w)", "y = MatMul(x, v)").Constant("w", 2, 2)).Should().Equal(expected);
        Predict(
            new GraphText(2, "v = Cast(w)").With(OnnxAttribute.Int("to", ElementKind.Float)).Then("y = MatMul(x, v)")
                .Constant("w", 2, 2))
            .Should().Equal(expected);
        Predict(
            new GraphText(2, "v = Cast(w)").With(OnnxAttribute.Int("to", ElementKind.Double)).Then("y = MatMul(x, v)")
                .Constant("w", 2, 2))
            .Should().Equal(expected);
        Predict(Transposed([0, 1])).Should().Equal(expected);
    }

    [Fact]
    public void A_constant_is_transposed_where_the_file_says_so()
    {
        // w = (0.25 0.5; 0.75 1): x·w = (1.75, 2), and x·wᵀ = (1, 1.5).
        Predict(new GraphText(2, "y = MatMul(x, w)").Constant("w", 2, 2)).Should().Equal(1.75, 2);
        Predict(new GraphText(2, "v = Transpose(w)", "y = MatMul(x, v)").Constant("w", 2, 2)).Should().Equal(1, 1.5);
        Predict(Transposed([1, 0])).Should().Equal(1, 1.5);
        Predict(new GraphText(2, "v = Transpose(w)", "u = Transpose(v)", "y = MatMul(x, u)").Constant("w", 2, 2))
            .Should().Equal(1.75, 2);
        Predict(new GraphText(2, "v = Transpose(c)", "y = Add(x, v)").Constant("c", 2)).Should().Equal(-1.75, 3.5);
    }

    [Fact]
    public void An_order_of_axes_that_there_is_not_is_refused() =>
        Transposed([0, 2]).ShouldBe<InvalidDataException>("*(Transpose)*'w' (2 × 2)*[0, 2]*");

    [Fact]
    public void What_is_calculated_from_constants_is_a_constant()
    {
        Predict(
            new GraphText(2, "v = Cast(c)").With(OnnxAttribute.Int("to", ElementKind.Float)).Then("y = Add(x, v)")
                .Integers("c", 1, 2))
            .Should().Equal(-1, 5);
        Predict(new GraphText(2, "v = Sqrt(c)", "y = Add(x, v)").Constant("c", 2))
            .Should().Equal(-1.5, 3 + Math.Sqrt(0.5));

        // (0.25, 0.5, 0.75, 1) as columns of (1, 2, 3, 4)/4: the axes of the file in another order.
        Predict(
            new GraphText(2, "a = Transpose(w)").With(OnnxAttribute.Ints("perm", 2, 1, 0)).Then("b = Squeeze(a, zero)")
                .Then("d = Mul(b, c)").Then("y = MatMul(x, d)")
                .Constant("w", 2, 2, 1).Constant("c", 2).Integers("zero", 0))
            .Should().Equal((-2 * 0.25 * 0.25) + (3 * 0.5 * 0.25), (-2 * 0.75 * 0.5) + (3 * 1 * 0.5));
    }

    [Fact]
    public void Matrices_one_for_each_of_several_products_are_refused() =>
        new GraphText(2, "v = Transpose(w)", "y = MatMul(x, v)").Constant("w", 2, 2, 1)
            .ShouldBe<NotSupportedException>("*(MatMul)*'v' (1 × 2 × 2) is no matrix*");

    [Fact]
    public void A_node_says_a_number_in_each_of_its_ways()
    {
        var tensor = new TensorProto { DataType = ElementKind.Float };
        tensor.Dims.Add(2);
        tensor.FloatData.Add([1, 2]);
        Predict(Constant(new() { Name = "value", Type = AttributeKind.Tensor, T = tensor })).Should().Equal(-1, 5);
        Predict(Constant(new() { Name = "value_float", Type = AttributeKind.Float, F = 0.5f }))
            .Should().Equal(-1.5, 3.5);
        var floats = new AttributeProto { Name = "value_floats", Type = AttributeKind.Floats };
        floats.Floats.Add([1, 2]);
        Predict(Constant(floats)).Should().Equal(-1, 5);

        var ints = new AttributeProto { Name = "value_ints", Type = AttributeKind.Ints };
        ints.Ints.Add([-1, 2]);
        Predict(Constant(ints, "y = Reshape(x, v)")).Should().Equal(_input);
    }

    [Fact]
    public void Very_old_files_do_not_say_the_type_of_an_attribute()
    {
        var tensor = new TensorProto { DataType = ElementKind.Float };
        tensor.FloatData.Add(0.5f);
        Predict(Constant(new() { Name = "value", T = tensor })).Should().Equal(-1.5, 3.5);
        Predict(Constant(new() { Name = "value_float", F = 0.5f })).Should().Equal(-1.5, 3.5);
        var floats = new AttributeProto { Name = "value_floats" };
        floats.Floats.Add([1, 2]);
        Predict(Constant(floats)).Should().Equal(-1, 5);

        GraphText transposed = Transposed([1, 0]);
        transposed.Graph.Node[0].Attribute[0].Type = 0;
        Predict(transposed).Should().Equal(1, 1.5);

        GraphText elu = new GraphText(2, "y = Elu(x)").With(OnnxAttribute.Float("alpha", 2));
        elu.Graph.Node[0].Attribute[0].Type = 0;
        Predict(elu)[0].Should().BeApproximately(2 * double.ExpM1(-2), 1e-6);

        GraphText gemm = new GraphText(2, "y = Gemm(x, w)").With(OnnxAttribute.Int("transB", 1)).Constant("w", 2, 2);
        gemm.Graph.Node[0].Attribute[0].Type = 0;
        Predict(gemm).Should().Equal(1, 1.5);

        GraphText gelu = new GraphText(2, "y = Gelu(x)").With(OnnxAttribute.Text("approximate", "tanh"));
        gelu.Graph.Node[0].Attribute[0].Type = 0;
        Predict(gelu)[0].Should().BeApproximately(-0.045402306, 1e-8);
    }

    [Fact]
    public void An_attribute_of_another_type_is_refused()
    {
        new GraphText(2, "y = Elu(x)").With(OnnxAttribute.Int("alpha", 2))
            .ShouldBe<InvalidDataException>("*(Elu)*'alpha'*another type*");
        GraphText untold = new GraphText(2, "y = Elu(x)").With(OnnxAttribute.Int("alpha", 2));
        untold.Graph.Node[0].Attribute[0].Type = 0;
        untold.ShouldBe<InvalidDataException>("*(Elu)*'alpha'*another type*");
    }

    [Fact]
    public void A_node_that_says_a_text_or_a_single_whole_number_is_read_where_it_is_not_used()
    {
        var text = new AttributeProto
        {
            Name = "value_string",
            Type = AttributeKind.Text,
            S = Google.Protobuf.ByteString.CopyFromUtf8("a"),
        };
        Predict(Constant(text, "y = Relu(x)")).Should().Equal(0, 3);
        Constant(text).ShouldBe<NotSupportedException>("*(Add)*'v'*are undefined, not float, double*");

        var number = new AttributeProto { Name = "value_int", Type = AttributeKind.Int, I = 7 };
        Predict(Constant(number, "y = Relu(x)")).Should().Equal(0, 3);
        Predict(Constant(number)).Should().Equal(5, 10);
    }

    [Fact]
    public void Doubles_are_read_as_numbers_and_as_bytes()
    {
        var tensor = new TensorProto { Name = "c", DataType = ElementKind.Double };
        tensor.Dims.Add(2);
        tensor.DoubleData.Add([1e-3, 2]);
        var text = new GraphText(2, "y = Add(x, c)");
        text.Graph.Initializer.Add(tensor);
        Predict(text).Should().Equal(-1.999, 5);

        tensor.DoubleData.Clear();
        tensor.RawData = Google.Protobuf.ByteString.CopyFrom(
            [.. BitConverter.GetBytes(1e-3), .. BitConverter.GetBytes(2.0)]);
        Predict(text).Should().Equal(-1.999, 5);
    }

    [Fact]
    public void Bounds_that_are_not_finite_are_none()
    {
        var text = new GraphText(2, "y = Clip(x, low, high)").Constant("low").Constant("high");
        (text.Graph.Initializer[0].FloatData[0], text.Graph.Initializer[1].FloatData[0]) = (0, float.PositiveInfinity);
        Predict(text).Should().Equal(0, 3);
        Network.LoadOnnx<double>(new MemoryStream(text.Bytes())).Layers[0].Activation!.Name.Should().Be("ReLU");
    }

    [Fact]
    public void A_constant_of_very_many_dimensions_is_refused_where_it_is_used()
    {
        long[] ones = [.. Enumerable.Repeat(1L, 40)];
        new GraphText(2, "y = Add(x, c)").Constant("c", ones)
            .ShouldBe<NotSupportedException>("*(Add)*'c'*40 dimensions*");
        Predict(new GraphText(2, "y = Relu(x)").Constant("c", ones)).Should().Equal(0, 3);
    }

    [Fact]
    public void Constants_of_a_shape_that_does_not_fit_are_refused()
    {
        new GraphText(2, "y = Add(x, c)").Constant("c", 2, 1)
            .ShouldBe<NotSupportedException>("*(Add)*'c' (2 × 1) meets batch × 2*one for each feature*");
        new GraphText(2, "y = Add(x, c)").Constant("c", 0)
            .ShouldBe<NotSupportedException>("*(Add)*'c' (0) meets batch × 2*one for each feature*");
        new GraphText(2, "y = MatMul(x, w)").Constant("w", 2, 0).ShouldBe<InvalidDataException>("*(MatMul)*'w'*empty*");
        new GraphText(2, "y = MatMul(x)").ShouldBe<InvalidDataException>("*(MatMul)*input 1 is missing*");
        new GraphText(2, "y = Clip(x, c)").Constant("c", 2)
            .ShouldBe<NotSupportedException>("*(Clip)*bounds are no constants*");
        new GraphText(2, "a = Add(x, c)", "y = Mul(a, d)").Constant("c", 2).Constant("d", 3)
            .ShouldBe<NotSupportedException>("*(Mul)*'d' (3) meets batch × 2*");
    }

    private static GraphText Transposed(long[] order)
    {
        var attribute = new AttributeProto { Name = "perm", Type = AttributeKind.Ints };
        attribute.Ints.Add(order);
        var text = new GraphText(2, "v = Transpose(w)", "y = MatMul(x, v)");
        text.Graph.Node[0].Attribute.Add(attribute);
        return text.Constant("w", 2, 2);
    }

    private static GraphText Constant(AttributeProto value, string then = "y = Add(x, v)")
    {
        var text = new GraphText(2, "v = Constant()", then);
        text.Graph.Node[0].Attribute.Add(value);
        return text;
    }

    private static double[] Predict(GraphText text)
    {
        double[] outputs = new double[2];
        Network.LoadOnnx<double>(new MemoryStream(text.Bytes())).Predict(_input, outputs);
        return outputs;
    }
}
