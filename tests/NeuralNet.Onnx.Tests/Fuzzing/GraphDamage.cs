using Google.Protobuf;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Tests.Fuzzing;

/// <summary>
/// Damage to what a model says: files that are well formed, but circular, contradictory, absurd or only strange.
/// </summary>
internal static class GraphDamage
{
    private static readonly string[] _operators =
    [
        "Add", "Sub", "Mul", "Div", "Sum", "Gemm", "MatMul", "Relu", "Sigmoid", "Softmax", "LogSoftmax", "Clip",
        "Dropout", "Flatten", "Reshape", "Identity", "Cast", "Constant", "Transpose", "BatchNormalization",
        "LayerNormalization", "PRelu", "LeakyRelu", "Elu", "Celu", "Selu", "Gelu", "Mish", "HardSigmoid", "HardSwish",
        "Tanh", "Softplus", "Softsign", "Erf", "Pow", "Sqrt", "ReduceMean", "Min", "Neg", "Exp", "Log", "Abs",
        "Reciprocal", "If", "Loop", "Conv", "MaxPool", "AveragePool", "GlobalMaxPool", "GlobalAveragePool", "ReduceMax",
        "Pad", "Squeeze", "Unsqueeze", "Concat", "Slice", "ConstantOfShape", "",
    ];

    private static readonly long[] _sizes =
    [
        0, 1, 2, 3, 4, 5, 6, -1, -2, int.MaxValue, int.MinValue, 1L << 32, 1L << 62, long.MaxValue, long.MinValue,
        65536, 46341,
    ];

    private static readonly float[] _floats =
    [
        0, 1, -1, 0.5f, 1e-30f, 1e30f, float.NaN, float.PositiveInfinity, -0f, float.Epsilon,
    ];

    public static byte[] Apply(byte[] bytes, Random random)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(bytes);
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            Damage(model, random);
        }

        return model.ToByteArray();
    }

    private static void Damage(ModelProto model, Random random)
    {
        GraphProto graph = model.Graph;
        if (graph.Node.Count == 0)
        {
            return;
        }

        int position = random.Next(graph.Node.Count);
        NodeProto node = graph.Node[position];
        switch (random.Next(20))
        {
            case 0 when node.Input.Count > 0:
                node.Input[random.Next(node.Input.Count)] = AnyName(graph, random);
                break;
            case 1 when node.Output.Count > 0:
                node.Output[random.Next(node.Output.Count)] = AnyName(graph, random);
                break;
            case 2:
                node.OpType = _operators[random.Next(_operators.Length)];
                break;
            case 3:
                (graph.Node[position], graph.Node[0]) = (graph.Node[0], node);
                break;
            case 4:
                graph.Node.RemoveAt(position);
                break;
            case 5:
                graph.Node.Insert(random.Next(graph.Node.Count), node.Clone());
                break;
            case 6:
                node.Input.Add(AnyName(graph, random));
                break;
            case 7 when node.Input.Count > 0:
                node.Input.RemoveAt(random.Next(node.Input.Count));
                break;
            case 8 or 9 when node.Attribute.Count > 0:
                Damage(node.Attribute[random.Next(node.Attribute.Count)], random);
                break;
            case 10:
                node.Attribute.Add(AnyAttribute(random));
                break;
            case 11 or 12 or 13 when graph.Initializer.Count > 0:
                Damage(graph.Initializer[random.Next(graph.Initializer.Count)], random);
                break;
            case 14 when graph.Initializer.Count > 0:
                graph.Initializer.RemoveAt(random.Next(graph.Initializer.Count));
                break;
            case 15 when graph.Input.Count > 0:
                Damage(graph.Input[random.Next(graph.Input.Count)], random);
                break;
            case 16 when model.OpsetImport.Count > 0:
                model.OpsetImport[0].Version = random.Next(5, 30);
                break;
            case 17:
                Repeat(graph, position, random);
                break;
            case 18:
                Share(graph, node, random);
                break;
            case 19:
                Drop(model, random);
                break;
        }
    }

    private static void Drop(ModelProto model, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                model.OpsetImport.Clear();
                break;
            case 1:
                model.Graph.Output.Clear();
                break;
            case 2:
                model.Graph.Input.Clear();
                break;
            case 3:
                model.Graph.Input.Add(model.Graph.Input);
                break;
            default:
                model.Graph = null;
                model.Graph = new();
                break;
        }
    }

    // A chain of the same operator, many times over: long, or with shortcuts, deep.
    private static void Repeat(GraphProto graph, int position, Random random)
    {
        NodeProto node = graph.Node[position];
        if (node.Output.Count == 0)
        {
            return;
        }

        string last = node.Output[0];
        string end = last + "·";
        string[] operators = random.Next(2) == 0 ? ["Relu"] : ["Relu", "Sigmoid", "Mul", "Add", "Neg", "Tanh"];
        bool isSquaring = random.Next(3) == 0;
        node.Output[0] = end;
        string before = end;
        int count = random.Next(2, 400);
        for (int i = 0; i < count; i++)
        {
            var next = new NodeProto { OpType = operators[random.Next(operators.Length)] };
            next.Input.Add(before);
            if (next.OpType is "Mul" or "Add")
            {
                next.Input.Add(isSquaring ? before : end);
            }

            before = i == count - 1 ? last : $"{end}{i}";
            next.Output.Add(before);
            graph.Node.Insert(++position, next);
        }
    }

    // One constant for many layers: a small file that would be a large network.
    private static void Share(GraphProto graph, NodeProto node, Random random)
    {
        int position = graph.Node.IndexOf(node);
        if (node.Output.Count == 0 || graph.Initializer.Count == 0)
        {
            return;
        }

        string last = node.Output[0];
        string before = last + "·";
        node.Output[0] = before;
        string constant = graph.Initializer[random.Next(graph.Initializer.Count)].Name;
        string operation = random.Next(2) == 0 ? "MatMul" : "Mul";
        int count = random.Next(2, 300);
        for (int i = 0; i < count; i++)
        {
            var next = new NodeProto { OpType = i % 2 == 0 ? operation : "Relu" };
            next.Input.Add(before);
            if (i % 2 == 0)
            {
                next.Input.Add(constant);
            }

            before = i == count - 1 ? last : $"{last}·{i}";
            next.Output.Add(before);
            graph.Node.Insert(++position, next);
        }
    }

    private static void Damage(TensorProto tensor, Random random)
    {
        switch (random.Next(7))
        {
            case 0 when tensor.Dims.Count > 0:
                tensor.Dims[random.Next(tensor.Dims.Count)] = _sizes[random.Next(_sizes.Length)];
                break;
            case 1:
                tensor.Dims.Add(_sizes[random.Next(_sizes.Length)]);
                break;
            case 2:
                tensor.DataType = random.Next(-1, 20);
                break;
            case 3:
                tensor.RawData = ByteString.CopyFrom(tensor.RawData.Span[..random.Next(tensor.RawData.Length + 1)]);
                break;
            case 4:
                tensor.FloatData.Add(1);
                break;
            case 5:
                tensor.DataLocation = 1;
                break;
            default:
                tensor.Dims.Clear();
                tensor.Dims.Add([_sizes[random.Next(_sizes.Length)], _sizes[random.Next(_sizes.Length)]]);
                break;
        }
    }

    private static void Damage(AttributeProto attribute, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                attribute.Type = random.Next(0, 12);
                break;
            case 1:
                attribute.F = _floats[random.Next(_floats.Length)];
                break;
            case 2:
                attribute.I = _sizes[random.Next(_sizes.Length)];
                break;
            case 3:
                attribute.Ints.Add(_sizes[random.Next(_sizes.Length)]);
                break;
            default:
                attribute.T = null;
                attribute.Name = "alpha";
                break;
        }
    }

    private static void Damage(ValueInfoProto value, Random random)
    {
        TypeProto.Types.Tensor? type = value.Type?.TensorType;
        if (type?.Shape is null || random.Next(5) == 0)
        {
            value.Type = null;
        }
        else if (random.Next(5) == 0)
        {
            type.ElemType = random.Next(0, 20);
        }
        else
        {
            int count = random.Next(0, 4);
            for (int i = 0; i < count; i++)
            {
                type.Shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = 1 });
            }

            foreach (TensorShapeProto.Types.Dimension dimension in type.Shape.Dim)
            {
                if (random.Next(2) == 0)
                {
                    dimension.DimValue = _sizes[random.Next(_sizes.Length)];
                }
            }
        }
    }

    private static AttributeProto AnyAttribute(Random random)
    {
        string[] names =
        [
            "alpha", "beta", "axis", "epsilon", "transA", "transB", "training_mode", "perm", "to", "min", "ratio",
            "kernel_shape", "strides", "pads", "dilations", "group", "ceil_mode", "axes", "keepdims",
        ];
        var attribute = new AttributeProto
        {
            Name = names[random.Next(names.Length)],
            Type = random.Next(0, 8),
            F = _floats[random.Next(_floats.Length)],
            I = _sizes[random.Next(_sizes.Length)],
        };
        attribute.Ints.Add(Enumerable.Range(0, random.Next(0, 5)).Select(_ => _sizes[random.Next(_sizes.Length)]));
        return attribute;
    }

    private static string AnyName(GraphProto graph, Random random)
    {
        NodeProto node = graph.Node[random.Next(graph.Node.Count)];
        return random.Next(6) switch
        {
            0 when node.Output.Count > 0 => node.Output[0],
            1 when node.Input.Count > 0 => node.Input[0],
            2 when graph.Initializer.Count > 0 => graph.Initializer[random.Next(graph.Initializer.Count)].Name,
            3 when graph.Input.Count > 0 => graph.Input[0].Name,
            4 => "",
            _ => "nowhere\u001b[31m",
        };
    }
}
