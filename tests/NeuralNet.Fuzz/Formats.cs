namespace NeuralNet.Fuzz;

/// <summary>The formats that can be fuzzed.</summary>
internal static class Formats
{
    public static IReadOnlyList<IFuzzFormat> All { get; } =
    [
        new SafetensorsFormat(), new PipelineFormat(), new CheckpointFormat(), new IdxFormat(), new CsvFormat(),
        new RowsFormat(),
    ];

    public static IFuzzFormat Get(string name) => All.Single(format => format.Name == name);
}
