using Google.Protobuf;
using NeuralNet.Fuzz.Scale;
using NeuralNet.Networks;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Tests.Fuzzing;

/// <summary>
/// Whatever a model has too much of, reading it takes memory in proportion to its length, by the factor of all formats,
/// and time in proportion, too.
/// </summary>
public sealed class ScaleTests
{
    private const int Length = 200_000;
    private const int Times = 4;

    private static readonly ScaleCase[] _cases =
    [
        Graph("dead nodes", 17, (graph, i) => graph.Node.Add(Node("Relu", ["x"], $"d{i}"))),
        Graph("dead nodes of few bytes", 14, (graph, i) => graph.Node.Add(Node("R", [], Short(i)))),
        Graph("empty nodes", 2, (graph, _) => graph.Node.Add(new NodeProto())),
        Graph("layers", 22, (graph, i) =>
        {
            graph.Node.Add(Node("Relu", [i == 0 ? "x" : $"y{i - 1}"], $"y{i}"));
            graph.Output[0].Name = $"y{i}";
        }),
        Graph("long chains", 22, (graph, i) =>
        {
            graph.Node.Add(Node(i % 2 == 0 ? "Exp" : "Log", [i == 0 ? "x" : $"y{i - 1}"], $"y{i}"));
            graph.Output[0].Name = $"y{i}";
        }),
        Graph("consumers of one value", 18, (graph, i) => graph.Node.Add(Node("Relu", ["y"], $"d{i}"))),
        Graph("summands of one value", 24, (graph, i) =>
        {
            graph.Node.Add(Node("Add", [i == 0 ? "y" : $"s{i - 1}", "x"], $"s{i}"));
            graph.Output[0].Name = $"s{i}";
        }),
        Graph("inputs of a node", 2, (graph, _) => graph.Node[0].Input.Add("")),
        Graph("outputs of a node", 2, (graph, _) => graph.Node[0].Output.Add("")),
        Graph("attributes", 5, (graph, _) => graph.Node[0].Attribute.Add(new AttributeProto { Name = "a" })),
        Graph("whole numbers of an attribute", 2, (graph, i) =>
        {
            if (i == 0)
            {
                graph.Node[0].Attribute.Add(new AttributeProto { Name = "a", Type = 7 });
            }

            graph.Node[0].Attribute[0].Ints.Add(1);
        }),
        Graph("initializers", 11, (graph, i) =>
            graph.Initializer.Add(new TensorProto { Name = Short(i), DataType = 1 })),
        Graph("dimensions", 1, (graph, i) =>
        {
            if (i == 0)
            {
                graph.Initializer.Add(new TensorProto { Name = "w", DataType = 1 });
            }

            graph.Initializer[0].Dims.Add(1);
        }),
        Graph("whole numbers of a tensor", 1, (graph, i) =>
        {
            if (i == 0)
            {
                graph.Initializer.Add(new TensorProto { Name = "w", DataType = 7 });
            }

            graph.Initializer[0].Int64Data.Add(1);
        }),
        Graph("inputs", 10, (graph, i) => graph.Input.Add(new ValueInfoProto { Name = $"i{i}" })),
        Graph("outputs", 10, (graph, i) => graph.Output.Add(new ValueInfoProto { Name = $"i{i}" })),
        Graph("dimensions of the input", 2, (graph, _) => graph.Input[0].Type.TensorType.Shape.Dim.Add(
            new TensorShapeProto.Types.Dimension())),
        Graph("a long name", 0, (graph, i) => graph.Node[0].Name = new('a', i)),
        Graph("a long operator", 0, (graph, i) => graph.Node[0].OpType = new('a', i)),
    ];

    public static TheoryData<string> Names { get; } = new(_cases.Select(one => one.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_model_takes_memory_and_time_in_proportion_to_its_length(string name)
    {
        ScaleCase one = _cases.Single(each => each.Name == name);
        ScaleRun.Measure(one, 1000);
        ScaleRun[] small = [.. Enumerable.Range(0, 2).Select(_ => ScaleRun.Measure(one, Length))];
        ScaleRun[] large = [.. Enumerable.Range(0, 2).Select(_ => ScaleRun.Measure(one, Times * Length))];

        small.Concat(large).Should().OnlyContain(run => run.ShareWith(Fuzzer.MemoryBeside) <= 1);

        // Sixteen times as long if it were the square; half a second is noise of a busy machine.
        large.Min(run => run.Time).Should().BeLessThan(
            (2 * Times * small.Min(run => run.Time)) + TimeSpan.FromSeconds(0.5));
    }

    private static ScaleCase Graph(string name, int bytes, Action<GraphProto, int> add) => new(
        name,
        length =>
        {
            var model = new ModelProto { Graph = new() };
            model.OpsetImport.Add(new OperatorSetIdProto { Version = 17 });
            var input = new ValueInfoProto
            {
                Name = "x",
                Type = new() { TensorType = new() { ElemType = 1, Shape = new() } },
            };
            input.Type.TensorType.Shape.Dim.Add([new() { DimValue = 1 }, new() { DimValue = 2 }]);
            model.Graph.Input.Add(input);
            model.Graph.Node.Add(Node("Relu", ["x"], "y"));
            model.Graph.Output.Add(new ValueInfoProto { Name = "y" });
            int count = bytes == 0 ? length : length / bytes;
            for (int i = bytes == 0 ? count : 0; i <= count; i++)
            {
                add(model.Graph, i);
            }

            return model.ToByteArray();
        },
        file => Network.LoadOnnx<float>(new MemoryStream(file, writable: false)));

    private static NodeProto Node(string operation, string[] inputs, string output)
    {
        var node = new NodeProto { OpType = operation };
        node.Input.Add(inputs);
        node.Output.Add(output);
        return node;
    }

    private static string Short(int number) => number.ToString("x", System.Globalization.CultureInfo.InvariantCulture);
}
