using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>What a model says of itself, and which of its outputs a network can compute.</summary>
public sealed class DescribeTests
{
    [Fact]
    public void A_model_is_described()
    {
        OnnxModelDescription model = Describe(Text());

        model.Producer.Should().Be("pytorch 2.1");
        model.FormatVersion.Should().Be(8);
        model.Opsets.Should().Equal("ai.onnx 17", "ai.onnx.ml 3");
        model.Metadata.Select(entry => (entry.Key, entry.Value)).Should().Equal(("author", "Ada"));
        model.Inputs.Select(input => input.ToString()).Should().Equal("x: float [N × 4]", "z: int64 [N × 2 × M]");
        model.Operators.Select(one => (one.Key, one.Value)).Should().Equal(
            ("Relu", 2), ("ArgMax", 1), ("Identity", 1), ("ai.onnx.ml.Unknown", 1));
        model.DefaultOutputs.Should().BeEmpty();
    }

    [Fact]
    public void Each_output_has_a_reason()
    {
        OnnxModelDescription model = Describe(Text());

        model.Outputs.Select(output => (output.Name, output.CanBeLoaded)).Should().Equal(
            ("y", true), ("label", true), ("c", false), ("same", false), ("u", false));
        model.Outputs[0].Should().BeEquivalentTo(
            new { Type = "float", Shape = "N × M", Remark = "computed, batch × 4" });
        model.Outputs[1].Remark.Should().Be("decided or drawn from 'y', batch × 4, which is loaded");
        model.Outputs[2].Remark.Should().Be("a constant");
        model.Outputs[3].Remark.Should().Be("an input that is passed on");
        model.Outputs[4].Remark.Should().Match("*'model'*node 4 (ai.onnx.ml.Unknown)*no layer or activation*");
    }

    [Fact]
    public void What_is_loaded_by_default_is_told()
    {
        Describe(new GraphText(4, "a = Relu(x)", "y = Tanh(a)").Outputs("a", "y")).DefaultOutputs.Should().Equal("y");
        Describe(new GraphText(4, "a = Relu(x)", "y = ArgMax(a)")).DefaultOutputs.Should().Equal("y");
        Describe(new GraphText(4, "y = If(x)")).DefaultOutputs.Should().BeEmpty();
        Describe(new GraphText(
            4, "continuous_actions = Tanh(x)", "discrete_actions = Relu(x)", "value = Neg(x)")
            .Number("version_number", 3).Number("memory_size", 0)
            .Outputs("value", "discrete_actions", "continuous_actions", "version_number", "memory_size"))
            .DefaultOutputs.Should().Equal("continuous_actions", "discrete_actions");
    }

    [Fact]
    public void A_description_is_text()
    {
        Describe(Text()).ToString().Split(Environment.NewLine).Should().Equal(
            "producer   pytorch 2.1",
            "format     8, operators ai.onnx 17, ai.onnx.ml 3",
            "metadata   author = Ada",
            "input      x: float [N × 4]",
            "input      z: int64 [N × 2 × M]",
            "output     y: float [N × M]: computed, batch × 4",
            "output     label: float [N × M]: decided or drawn from 'y', batch × 4, which is loaded",
            "output     c: float [N × M]: a constant",
            "output     same: float [N × M]: an input that is passed on",
            "output     u: float [N × M]: 'model', node 4 (ai.onnx.ml.Unknown): there is no layer or activation for "
            + "this operator.",
            "loads      nothing unless OutputNames say what",
            "operators  Relu × 2, ArgMax × 1, Identity × 1, ai.onnx.ml.Unknown × 1");
        Describe(new GraphText(4, "y = Relu(x)")).ToString()
            .Should().Contain("producer   not said").And.Contain("loads      y");
    }

    [Fact]
    public void Values_of_no_known_type_are_described()
    {
        GraphText text = new GraphText(4, "y = Relu(x)").Input("untyped").Input("map").Input("shapeless");
        text.Graph.Input[1].Type = null;
        text.Graph.Input[2].Type = new();
        text.Graph.Input[3].Type.TensorType.Shape = null;
        Describe(text).Inputs.Select(input => input.ToString()).Should().Equal(
            "x: float [N × 4]", "untyped: any type", "map: no array", "shapeless: float");
    }

    [Fact]
    public void Long_texts_are_shortened_and_shown_without_what_would_garble_a_terminal()
    {
        var text = new GraphText(4, "y = Relu(x)");
        text.Model.ProducerName = "\u001b[31m" + new string('p', 100_000);
        text.Model.MetadataProps.Add(new StringStringEntryProto { Key = "k", Value = new string('v', 100_000) });
        text.Graph.Node[0].OpType = new string('o', 100_000);
        Describe(text).ToString().Should().NotContain("\u001b").And.Subject.Length.Should().BeLessThan(2000);
    }

    [Fact]
    public void What_is_no_model_is_not_described()
    {
        FluentActions.Invoking(() => OnnxImporter.Describe(new MemoryStream([1, 2, 3]), "junk"))
            .Should().ThrowExactly<InvalidDataException>().WithMessage("'junk'*no ONNX model*");
        FluentActions.Invoking(() => OnnxImporter.Describe((Stream)null!)).Should().Throw<ArgumentNullException>();
        FluentActions.Invoking(() => OnnxImporter.Describe("")).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => Describe(new GraphText(4, "y = Relu(x)").Opset(5)))
            .Should().ThrowExactly<NotSupportedException>().WithMessage("'model' has opset 5*");
    }

    [Fact]
    public void A_file_is_described_by_its_path()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new GraphText(4, "y = Relu(x)").Bytes());
            OnnxImporter.Describe(path).DefaultOutputs.Should().Equal("y");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static OnnxModelDescription Describe(GraphText text) =>
        OnnxImporter.Describe(new MemoryStream(text.Bytes()), "model");

    private static GraphText Text()
    {
        GraphText text = new GraphText(
            4, "a = Relu(x)", "y = Relu(a)", "label = ArgMax(y)", "same = Identity(x)", "u = ai.onnx.ml.Unknown(a)")
            .Input("z", 2, 0).Constant("c", 2).Outputs("y", "label", "c", "same", "u");
        text.Graph.Input[1].Type.TensorType.ElemType = ElementKind.Int64;
        (text.Model.ProducerName, text.Model.ProducerVersion) = ("pytorch", "2.1");
        text.Model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx.ml", Version = 3 });
        text.Model.MetadataProps.Add(new StringStringEntryProto { Key = "author", Value = "Ada" });
        return text;
    }
}
