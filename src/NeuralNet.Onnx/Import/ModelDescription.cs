using NeuralNet.Guards;
using NeuralNet.Onnx.Import.Files;
using NeuralNet.Onnx.Import.Graphs;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import;

/// <summary>Describes a model without making a network of it.</summary>
internal static class ModelDescription
{
    private const int MostDimensions = 8;
    private const int MostEntries = 64;

    /// <summary>Reads a model and describes it.</summary>
    public static OnnxModelDescription Read(Stream stream, string file)
    {
        (ModelProto model, int length) = ModelReader.Read(stream, file);
        var reader = new GraphReader(model, file);
        var search = new OutputSearch(reader, length, file);
        return new(
            string.Join(' ', new[] { model.ProducerName, model.ProducerVersion }
                .Where(text => text.Length > 0).Select(text => MessageText.Shortened(text))),
            model.IrVersion,
            [
                .. model.OpsetImport.Take(MostEntries).Select(opset => FormattableString.Invariant(
                    $"{(opset.Domain.Length > 0 ? MessageText.Shortened(opset.Domain) : "ai.onnx")} {opset.Version}")),
            ],
            [
                .. model.MetadataProps.Take(MostEntries).Select(entry => KeyValuePair.Create(
                    MessageText.Shortened(entry.Key), MessageText.Shortened(entry.Value))),
            ],
            [.. reader.Inputs.Select(Describe)],
            [.. search.Outputs.Zip(reader.Outputs, Describe)],
            [
                .. model.Graph.Node.GroupBy(OnnxNode.NameOf)
                    .Select(group => KeyValuePair.Create(MessageText.Shortened(group.Key), group.Count()))
                    .OrderByDescending(one => one.Value),
            ])
        {
            DefaultOutputs = Default(search),
        };
    }

    private static IReadOnlyList<string> Default(OutputSearch search)
    {
        try
        {
            return search.Choose();
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidDataException)
        {
            return [];
        }
    }

    private static OnnxValueDescription Describe(ValueInfoProto value) => new(value.Name, Type(value), Shape(value));

    private static OnnxOutputDescription Describe(FoundOutput output, ValueInfoProto value) => new(
        value.Name,
        Type(value),
        Shape(value),
        output.Kind is OutputState.Computed or OutputState.Decided,
        output.Kind switch
        {
            OutputState.Computed => $"computed, {output.Shape}",
            OutputState.Decided =>
                $"decided or drawn from {MessageText.Quoted(output.Basis!)}, {output.Shape}, which is loaded",
            OutputState.Constant => "a constant",
            OutputState.PassedOn => "an input that is passed on",
            _ => output.Failure!.Message,
        });

    private static string Type(ValueInfoProto value) => value.Type is null ? "any type"
        : value.Type.TensorType is { } tensor ? ElementKind.Name(tensor.ElemType) : "no array";

    private static string Shape(ValueInfoProto value) => value.Type?.TensorType?.Shape is not { } shape ? ""
        : string.Join(" × ", shape.Dim.Take(MostDimensions).Select(size =>
            size.HasDimValue ? FormattableString.Invariant($"{size.DimValue}")
            : size.HasDimParam ? MessageText.Shortened(size.DimParam) : "?"));
}
