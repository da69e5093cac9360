using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Onnx.Import.Assembly;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Operators;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import;

/// <summary>Makes a network of a model.</summary>
internal static class NetworkImport<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Makes a network of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="length">The number of bytes that it has.</param>
    /// <param name="options">Which outputs to load, and how.</param>
    /// <param name="file">The file, for messages.</param>
    public static Network<T> Load(ModelProto model, int length, OnnxImportOptions options, string file)
    {
        var reader = new GraphReader(model, file);
        IReadOnlyList<string> outputs = Outputs(reader, options.OutputNames, length, file);
        bool isChannelsLast = options.ImageLayout == OnnxImageLayout.ChannelsLast;
        var graph = ImportedGraph<T>.Read(reader, outputs, length, isChannelsLast, file);
        foreach (InputPlan<T> input in graph.Inputs)
        {
            input.TakeOrder();
        }

        return Make(graph, [.. outputs.Select((name, i) => End(graph, i, name, isChannelsLast))], options.Seed);
    }

    private static IReadOnlyList<string> Outputs(
        GraphReader reader, IReadOnlyList<string> wanted, int length, string file)
    {
        if (wanted.Count == 0)
        {
            return reader.Outputs is [{ } only] && reader.Gives(only.Name)
                ? [only.Name]
                : new OutputSearch(reader, length, file).Choose();
        }

        return wanted.FirstOrDefault(name => !reader.Gives(name)) is { } missing
            ? throw new InvalidDataException(
                $"'{file}': there is no value {MessageText.Quoted(missing)}; its outputs are "
                + $"{string.Join(", ", reader.Outputs.Take(8).Select(output => MessageText.Quoted(output.Name)))}.")
            : wanted;
    }

    // The value that an output is, in the order of the file.
    private static (string Name, SampleValue<T> Value) End(
        ImportedGraph<T> graph, int index, string name, bool isChannelsLast)
    {
        SampleValue<T> value = graph.Values[index] switch
        {
            SampleValue<T> computed => computed,
            DecisionValue<T> { Basis.IsInput: false } decision => decision.Basis,
            DecisionValue<T> => throw graph.Graph.Refuse(
                $"its output {MessageText.Quoted(name)} is decided from an input; there is nothing to compute"),
            _ => throw graph.Graph.Refuse($"its output {MessageText.Quoted(name)} depends on no input"),
        };
        if (!value.Layout.IsSampleBySample)
        {
            throw graph.Graph.Refuse(
                $"its output {MessageText.Quoted(name)}, {value.Layout}, has samples among features");
        }

        // In the order of the file, unless the channels are wanted last.
        SampleLayout layout = value.Layout;
        int channels = !isChannelsLast || !layout.Order.IsFixed ? -1
            : layout.ChannelDimension < 0 && layout.IsHeldChannelsLast ? 1
            : layout.ChannelDimension;
        int[] dimensions = [.. Enumerable.Range(0, value.Rank).Where(d => d != channels)];
        dimensions = channels < 0 ? dimensions : [.. dimensions, channels];
        if (!layout.Along(dimensions).SequenceEqual(layout.Order.Axes))
        {
            var call = new OperatorCall<T>(graph.Graph, new(0), graph.Graph.Nodes[^1], value)
            {
                Shapes = new(graph.Graph, _ => null),
            };
            call.Arrange(layout.Groups(dimensions));
            value = call.Value;
        }

        return (name, value);
    }

    private static Network<T> Make(ImportedGraph<T> graph, (string Name, SampleValue<T> Value)[] outputs, int seed)
    {
        var assembly = new NetworkAssembly<T>(graph.Graph);
        IReadOnlyList<InputPlan<T>> inputs = graph.Inputs;
        NetworkBuilder<T> builder = inputs is [{ } single]
            ? Network.Create<T>(single.Shape, seed)
            : inputs.Aggregate(
                Network.Create<T>(seed), (network, input) => network.Input(input.Name, input.Shape));
        if (outputs is [{ } only])
        {
            IReadOnlyList<Layer<T>> layers = assembly.Layers(only.Value.End, graph.Root, builder.OutputShape);
            AddAll(builder, layers);
            if (layers.Count == 0)
            {
                builder.Activation(new Identity());
            }
        }
        else
        {
            var joined = new MergePart<T>(
                null,
                Merge.Concatenation,
                [.. outputs.Select(output => (Func<FeatureShape>)(() => Shape(output.Value)))],
                [.. outputs.Select(output => output.Value.End)]);
            (IReadOnlyList<Layer<T>> shared, IReadOnlyList<IReadOnlyList<Layer<T>>> heads) =
                assembly.Heads(joined, graph.Root, builder.OutputShape);
            AddAll(builder, shared);
            for (int i = 0; i < outputs.Length; i++)
            {
                IReadOnlyList<Layer<T>> head = heads[i];
                builder.Output(outputs[i].Name, network => AddAll(network, head));
            }
        }

        // Building draws the parameters, so they are set only now.
        Network<T> built = builder.Build();
        foreach ((LayerPlan<T> plan, Layer<T> layer) in assembly.Made)
        {
            plan.Fill(layer);
        }

        return built;
    }

    private static NetworkBuilder<T> AddAll(NetworkBuilder<T> builder, IReadOnlyList<Layer<T>> layers) =>
        layers.Aggregate(builder, (network, layer) => network.Add(layer));

    private static FeatureShape Shape(SampleValue<T> value) =>
        value.Layout.Order.Shape ?? Axis.Product(value.Layout.All);
}
