using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Onnx.Import.Assembly;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Import.Plans;
using NeuralNet.Onnx.Import.Values;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import;

/// <summary>Some outputs of a model, each with the layers that compute it.</summary>
internal sealed class ImportedGraph<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly List<InputPlan<T>> _inputs = [];

    private ImportedGraph(
        ModelGraph graph, ValueInfoProto[] needed, InputShapes shapes, int length, bool isChannelsLast)
    {
        Graph = graph;
        Graph.DeclaredBatch = shapes.DeclaredBatch;
        var values = new List<SampleValue<T>>();
        for (int i = 0; i < needed.Length; i++)
        {
            string name = needed[i].Name;
            OnnxNode node = Graph.Consumers(name) is [OnnxNode taker, ..]
                ? taker
                : throw Graph.Refuse($"its output {MessageText.Quoted(name)} is an input; there is nothing to compute");
            SampleLayout layout = shapes.Layout(i);
            var plan = new InputPlan<T>(node, name, layout, isChannelsLast);
            _inputs.Add(plan);
            values.Add(new(name, layout, new LayerPart<T>(plan, Column(i, needed.Length))));
        }

        Values = new GraphWalk<T>(Graph, new(length)).Read(values);
    }

    /// <summary>The graph that the outputs depend on.</summary>
    public ModelGraph Graph { get; }

    /// <summary>The values of the outputs; null for one that is a constant.</summary>
    public IReadOnlyList<GraphValue?> Values { get; }

    /// <summary>The inputs of the network.</summary>
    public IReadOnlyList<InputPlan<T>> Inputs => _inputs;

    /// <summary>The column of a sample, with the inputs one below the other.</summary>
    public RootPart<T> Root { get; } = new();

    /// <summary>Finds how a network computes some values.</summary>
    /// <remarks>
    /// What a file of fixed sizes does across its samples, a network does with all of them as one sample. Where samples
    /// are the steps of one sequence, however long, a network has one of them: the file takes a stream of steps.
    /// </remarks>
    /// <param name="reader">The graph of the model.</param>
    /// <param name="outputs">The names of the values.</param>
    /// <param name="length">The number of bytes of the file.</param>
    /// <param name="isChannelsLast">True if images are to be taken and given with the channels last.</param>
    /// <param name="file">The file, for messages.</param>
    /// <exception cref="NotSupportedException">A part of the graph cannot be represented.</exception>
    /// <exception cref="InvalidDataException">A part of the graph makes no sense.</exception>
    public static ImportedGraph<T> Read(
        GraphReader reader, IReadOnlyList<string> outputs, int length, bool isChannelsLast, string file)
    {
        ModelGraph graph = reader.GraphOf(outputs);
        ValueInfoProto[] inputs = [.. reader.Inputs.Where(input => graph.IsNeeded(input.Name))];
        var shapes = new InputShapes(inputs, areSingle: false, file);
        try
        {
            return new(graph, inputs, shapes, length, isChannelsLast);
        }
        catch (NotSupportedException refusal)
            when ((shapes.IsFixed || refusal is SamplesAreStepsException) && !shapes.AreSingle)
        {
            try
            {
                bool hasOpenSteps = refusal is SamplesAreStepsException;
                return new(graph, inputs, new(inputs, areSingle: true, file, hasOpenSteps), length, isChannelsLast);
            }
            catch (NotSupportedException)
            {
                // The first refusal tells more.
            }

            throw;
        }
    }

    private NetworkPart<T> Column(int index, int count) => count == 1
        ? Root
        : new RangePart<T>(
            () => _inputs.Take(index).Sum(input => input.Shape.Size), () => _inputs[index].Shape, Root);
}
