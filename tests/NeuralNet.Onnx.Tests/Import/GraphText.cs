using System.Numerics;
using Google.Protobuf;
using MathNet.Numerics.LinearAlgebra;
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

    /// <summary>Adds a constant of these floats.</summary>
    public GraphText Floats(string name, long[] dimensions, params double[] values)
    {
        var tensor = new TensorProto { Name = name, DataType = ElementKind.Float };
        tensor.Dims.Add(dimensions);
        tensor.FloatData.Add(values.Select(value => (float)value));
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

    /// <summary>Adds a single whole number without a dimension.</summary>
    public GraphText Integer(string name, long value)
    {
        var tensor = new TensorProto { Name = name, DataType = ElementKind.Int64 };
        tensor.Int64Data.Add(value);
        Graph.Initializer.Add(tensor);
        return this;
    }

    /// <summary>Adds an input beside x, whose samples have these dimensions.</summary>
    public GraphText Input(string name, params int[] sample)
    {
        Graph.Input.Add(Value(name, sample));
        return this;
    }

    /// <summary>Gives an input dimensions that are fixed, that of the samples among them.</summary>
    public GraphText Fixed(string input, params long[] dimensions)
    {
        TensorShapeProto shape = Graph.Input.Single(one => one.Name == input).Type.TensorType.Shape;
        shape.Dim.Clear();
        shape.Dim.Add(dimensions.Select(size => new TensorShapeProto.Types.Dimension { DimValue = size }));
        return this;
    }

    /// <summary>Makes these the outputs, instead of y.</summary>
    public GraphText Outputs(params string[] names)
    {
        Graph.Output.Clear();
        Graph.Output.Add(names.Select(name => Value(name, [0])));
        return this;
    }

    /// <summary>Sets the version of the operators.</summary>
    public GraphText Opset(long version)
    {
        Model.OpsetImport[0].Version = version;
        return this;
    }

    /// <summary>Sets an attribute of the last node.</summary>
    public GraphText With(OnnxAttribute attribute)
    {
        Graph.Node[^1].Attribute.Add(attribute.Proto);
        return this;
    }

    /// <summary>Sets an attribute of floats of the last node.</summary>
    public GraphText WithFloats(string name, params double[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeKind.Floats };
        attribute.Floats.Add(values.Select(value => (float)value));
        Graph.Node[^1].Attribute.Add(attribute);
        return this;
    }

    /// <summary>Sets an attribute of texts of the last node.</summary>
    public GraphText WithTexts(string name, params string[] values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeKind.Texts };
        attribute.Strings.Add(values.Select(ByteString.CopyFromUtf8));
        Graph.Node[^1].Attribute.Add(attribute);
        return this;
    }

    /// <summary>Makes a node, by its place, work along axis 1.</summary>
    public GraphText Axis(int node)
    {
        Graph.Node[node].Attribute.Add(OnnxAttribute.Int("axis", 1).Proto);
        return this;
    }

    /// <summary>Adds a node.</summary>
    public GraphText Then(string node)
    {
        Add(node);
        return this;
    }

    /// <summary>Adds a node, such as <c>a b = Split(x)</c> or <c>y = ai.onnx.ml.Scaler(x)</c>.</summary>
    public NodeProto Add(string text)
    {
        string[] sides = text.Split('=');
        string[] parts = Words(sides[1]);
        int domain = parts[0].LastIndexOf('.');
        var node = new NodeProto { OpType = parts[0][(domain + 1)..], Domain = parts[0][..Math.Max(domain, 0)] };
        node.Output.Add(Words(sides[0]));
        node.Input.Add(parts[1..]);
        Graph.Node.Add(node);
        return node;

        static string[] Words(string side) =>
            side.Split([' ', '(', ',', ')'], StringSplitOptions.RemoveEmptyEntries);
    }

    public byte[] Bytes() => Model.ToByteArray();

    public Network<double> Load(OnnxImportOptions? options = null) =>
        Network.LoadOnnx<double>(new MemoryStream(Bytes()), options);

    /// <summary>
    /// Tests that the network computes of each sample what a formula does, in double and in float.
    /// </summary>
    /// <param name="formula">Makes the outputs of a sample, all of them in a row, of its inputs.</param>
    /// <param name="from">The least number of a sample.</param>
    /// <param name="to">The greatest one.</param>
    /// <param name="options">How to load the network.</param>
    /// <returns>The network in double.</returns>
    public Network<double> ShouldCompute(
        Func<double[], IEnumerable<double>> formula,
        double from = -3,
        double to = 3,
        OnnxImportOptions? options = null)
    {
        Network<double> network = Load(options);
        RequireClose(network, formula, 1e-10, from, to);
        RequireClose(Network.LoadOnnx<float>(new MemoryStream(Bytes()), options), formula, 1e-5, from, to);
        return network;
    }

    public void ShouldBe<TException>(string message)
        where TException : Exception
    {
        FluentActions.Invoking(() => Network.LoadOnnx<float>(new MemoryStream(Bytes()), name: "test.onnx"))
            .Should().ThrowExactly<TException>().WithMessage(message).And.Message.Should().Contain("'test.onnx'");
        Fuzzing.Fuzzer.Load(Bytes(), "test.onnx").Should().BeFalse();
    }

    private static void RequireClose<T>(
        Network<T> network, Func<double[], IEnumerable<double>> formula, double tolerance, double from, double to)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Numbers of float, so that both types of networks take the same.
        Matrix<double> inputs = TestData.Uniform<float>(network.InputSize, columns: 5, seed: 1, from, to)
            .Map(value => (double)value);
        Matrix<double> outputs = network.Predict(inputs.Map(T.CreateTruncating)).Map(double.CreateTruncating);
        for (int j = 0; j < inputs.ColumnCount; j++)
        {
            outputs.Column(j).ToArray().Should().Equal(
                formula(inputs.Column(j).ToArray()),
                (actual, expected) => Math.Abs(actual - expected) <= tolerance * Math.Max(1, Math.Abs(expected)));
        }
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
