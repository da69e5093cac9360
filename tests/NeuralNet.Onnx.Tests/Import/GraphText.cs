using Google.Protobuf;
using NeuralNet.Networks;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Tests.Import;

/// <summary>Small models, written down in a test: nodes such as <c>y = Relu(x)</c>, and constants.</summary>
internal sealed class GraphText
{
    public GraphText(int features, params string[] nodes)
        : this([features], nodes)
    {
    }

    /// <summary>A model whose samples have several dimensions, such as channels, height and width.</summary>
    public GraphText(int[] sample, params string[] nodes)
    {
        Model.IrVersion = 8;
        Model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
        Model.Graph = new() { Name = "test" };
        foreach (string node in nodes)
        {
            Add(node);
        }

        Model.Graph.Input.Add(Value("x", sample));
        Model.Graph.Output.Add(Value("y", [0]));
    }

    public ModelProto Model { get; } = new();

    public GraphProto Graph => Model.Graph;

    /// <summary>Adds a constant of floats, all of them different.</summary>
    public GraphText Constant(string name, params long[] dimensions)
    {
        var tensor = new TensorProto { Name = name, DataType = ElementKind.Float };
        tensor.Dims.Add(dimensions);
        tensor.FloatData.Add(
            Enumerable.Range(1, (int)dimensions.Aggregate(1L, (a, b) => a * b)).Select(i => i * 0.25f));
        Graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>Adds a single float.</summary>
    public GraphText Number(string name, float value)
    {
        var tensor = new TensorProto { Name = name, DataType = ElementKind.Float };
        tensor.FloatData.Add(value);
        Graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>Adds whole numbers.</summary>
    public GraphText Integers(string name, params long[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = ElementKind.Int64 };
        tensor.Dims.Add(values.Length);
        tensor.Int64Data.Add(values);
        Graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>Sets an attribute of the last node.</summary>
    public GraphText With(OnnxAttribute attribute)
    {
        Graph.Node[^1].Attribute.Add(attribute.Proto);
        return this;
    }

    /// <summary>Adds a node.</summary>
    public GraphText Then(string node)
    {
        Add(node);
        return this;
    }

    public NodeProto Add(string text)
    {
        string[] parts = text.Split([' ', '=', '(', ',', ')'], StringSplitOptions.RemoveEmptyEntries);
        var node = new NodeProto { OpType = parts[1] };
        node.Output.Add(parts[0]);
        node.Input.Add(parts[2..]);
        Graph.Node.Add(node);
        return node;
    }

    public byte[] Bytes() => Model.ToByteArray();

    public void ShouldBe<TException>(string message)
        where TException : Exception
    {
        FluentActions.Invoking(() => Network.LoadOnnx<float>(new MemoryStream(Bytes()), name: "test.onnx"))
            .Should().ThrowExactly<TException>().WithMessage(message).And.Message.Should().Contain("'test.onnx'");
        Fuzzing.Fuzzer.Load(Bytes(), "test.onnx").Should().BeFalse();
    }

    private static ValueInfoProto Value(string name, int[] sample)
    {
        var shape = new TensorShapeProto();
        shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimParam = "N" });
        shape.Dim.Add(sample.Select(size => size > 0
            ? new TensorShapeProto.Types.Dimension { DimValue = size }
            : new TensorShapeProto.Types.Dimension { DimParam = "M" }));
        return new()
        {
            Name = name,
            Type = new() { TensorType = new() { ElemType = ElementKind.Float, Shape = shape } },
        };
    }
}
