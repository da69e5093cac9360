using Google.Protobuf.Collections;
using NeuralNet.Guards;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Graphs;

/// <summary>The one input and the one output of a graph, chosen among those that it has.</summary>
internal static class GraphEnds
{
    private const int MostNames = 8;

    /// <summary>The name of the output.</summary>
    /// <param name="outputs">The outputs of the graph.</param>
    /// <param name="wanted">The name of the value that the network is to end in; null for the only output.</param>
    /// <param name="isGiven">Whether there is a value of a name.</param>
    /// <param name="file">The file, for messages.</param>
    public static string Output(
        RepeatedField<ValueInfoProto> outputs, string? wanted, Predicate<string> isGiven, string file)
    {
        if (wanted is null && outputs.Count != 1)
        {
            string message = outputs.Count == 0
                ? $"'{file}' is damaged: its graph has no output."
                : $"'{file}' has the outputs {Names(outputs)}: say in {nameof(OnnxImportOptions)}."
                + $"{nameof(OnnxImportOptions.OutputName)} which one the network ends in.";
            throw outputs.Count == 0 ? new InvalidDataException(message) : new NotSupportedException(message);
        }

        string name = wanted ?? outputs[0].Name;
        if (!isGiven(name))
        {
            throw new InvalidDataException(
                $"'{file}': there is no value {MessageText.Quoted(name)}"
                + (wanted is null ? ", which its graph should end in." : $"; its outputs are {Names(outputs)}."));
        }

        return name;
    }

    /// <summary>The input that the output depends on.</summary>
    public static GraphValue Input(
        IReadOnlyList<ValueInfoProto> inputs, string output, ConsumerMap consumers, string file)
    {
        List<ValueInfoProto> used = [.. inputs.Where(input => consumers.IsNeeded(input.Name))];
        if (used.Count != 1)
        {
            throw new NotSupportedException(
                used.Count == 0
                    ? $"'{file}': its output {MessageText.Quoted(output)} depends on no input."
                    : $"'{file}': its output {MessageText.Quoted(output)} depends on the inputs {Names(used)}; "
                    + "a network has one input.");
        }

        ValueInfoProto input = used[0];
        TypeProto.Types.Tensor? type = input.Type?.TensorType;
        if (type is not null && type.ElemType is not (0 or ElementKind.Float or ElementKind.Double))
        {
            throw new NotSupportedException(
                $"'{file}': its input {MessageText.Quoted(input.Name)} is of {ElementKind.Name(type.ElemType)}, "
                + "not of float or double.");
        }

        return GraphValue.OfInput(input.Name, type?.Shape is null ? null : [.. type.Shape.Dim.Select(Size)]);
    }

    private static long Size(TensorShapeProto.Types.Dimension dimension) =>
        dimension.HasDimValue && dimension.DimValue > 0 ? dimension.DimValue : -1;

    private static string Names(IReadOnlyCollection<ValueInfoProto> values) =>
        string.Join(", ", values.Take(MostNames).Select(value => MessageText.Quoted(value.Name)))
        + (values.Count > MostNames ? $" and {values.Count - MostNames} more" : "");
}
