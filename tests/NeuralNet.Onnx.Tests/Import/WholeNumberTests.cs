using NeuralNet.Networks;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Shapes that a file calculates from constants: m is (−1, 4), the others are single numbers.</summary>
public sealed class WholeNumberTests
{
    [Theory]
    [InlineData("s = Concat(minus, four)")]
    [InlineData("a = Concat(four, minus)", "s = Slice(a, minus, far, zero, minus)")]
    [InlineData("a = Concat(four, m, four)", "s = Slice(a, one, three)")]
    [InlineData("a = Concat(m, four, four)", "s = Slice(a, zero, minustwo, zero, one)")]
    [InlineData("a = Concat(m, m)", "b = Reshape(a, pairs)", "c = Slice(b, minus, far, zero, minus)",
        "d = Slice(c, zero, one)", "s = Reshape(d, minus)")]
    [InlineData("a = Concat(minus, minus, four, four)", "b = Reshape(a, pairs)", "c = Transpose(b)",
        "d = Slice(c, zero, one)", "s = Reshape(d, minus)")]
    [InlineData("s = Cast(m)")]
    [InlineData("s = Add(m, zero)")]
    [InlineData("a = Mul(m, three)", "s = Div(a, three)")]
    [InlineData("a = Neg(m)", "b = Sub(zero, a)", "s = Identity(b)")]
    public void A_shape_that_is_calculated_is_a_constant(params string[] nodes)
    {
        GraphText text = Text(nodes);
        foreach (NodeProto cast in text.Graph.Node.Where(node => node.OpType == "Cast"))
        {
            cast.Attribute.Add(OnnxAttribute.Int("to", ElementKind.Int64).Proto);
        }

        Network.LoadOnnx<float>(new MemoryStream(text.Bytes())).InputSize.Should().Be(4);
    }

    [Fact]
    public void A_shape_may_be_filled_up()
    {
        var ones = new TensorProto { DataType = ElementKind.Int64 };
        ones.Dims.Add(1);
        ones.Int64Data.Add(4);
        GraphText text = Text("a = ConstantOfShape(one)", "s = Concat(minus, a)");
        text.Graph.Node[0].Attribute.Add(
            new AttributeProto { Name = "value", Type = AttributeKind.Tensor, T = ones });
        Network.LoadOnnx<float>(new MemoryStream(text.Bytes())).InputSize.Should().Be(4);
    }

    [Fact]
    public void A_shape_of_32_bits_is_read_from_bytes()
    {
        GraphText text = Text("s = Identity(m)");
        TensorProto m = text.Graph.Initializer.Single(tensor => tensor.Name == "m");
        m.DataType = ElementKind.Int32;
        m.Int64Data.Clear();
        m.RawData = Google.Protobuf.ByteString.CopyFrom(255, 255, 255, 255, 4, 0, 0, 0);
        Network.LoadOnnx<float>(new MemoryStream(text.Bytes())).InputSize.Should().Be(4);
    }

    [Theory]
    [InlineData("s = Slice(m, zero, far, zero, three)")]
    [InlineData("a = Reshape(m, pairs)", "s = Concat(a, a)")]
    public void A_constant_that_is_no_shape_is_refused(params string[] nodes) =>
        Text(nodes).ShouldBe<NotSupportedException>("*(Reshape)*");

    [Theory]
    [InlineData("m")]
    [InlineData("minus")]
    public void Constants_of_a_shape_that_there_is_not_are_refused(string shape) =>
        Text($"s = ConstantOfShape({shape})")
            .ShouldBe<NotSupportedException>("*node 0 (ConstantOfShape)*depends on no input*");

    [Fact]
    public void A_range_that_there_is_not_is_refused()
    {
        Text("s = Slice(m, zero, far, one, one)")
            .ShouldBe<InvalidDataException>("*node 0 (Slice)*no axis 1 in 'm' (2)*");
        Text("s = Slice(m, m, far)")
            .ShouldBe<InvalidDataException>("*node 0 (Slice)*starts, ends, axes and steps do not fit*");
    }

    private static GraphText Text(params string[] nodes) =>
        new GraphText(4, [.. nodes, "y = Reshape(x, s)"]).Integers("m", -1, 4).Integers("minus", -1)
            .Integers("four", 4).Integers("zero", 0).Integers("one", 1).Integers("three", 3).Integers("minustwo", -2)
            .Integers("far", long.MinValue + 1).Integers("pairs", -1, 2);
}
