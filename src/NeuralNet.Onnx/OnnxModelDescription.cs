using System.Globalization;
using System.Text;

namespace NeuralNet.Onnx;

/// <summary>What a model holds, and which of its outputs a network can compute; print it to read it.</summary>
/// <param name="Producer">The program that wrote the model, with its version; empty if the model does not say.</param>
/// <param name="FormatVersion">The version of the file format, ONNX's IR version.</param>
/// <param name="Opsets">The versions of the operators, such as <c>ai.onnx 17</c>.</param>
/// <param name="Metadata">What else the model says of itself, by keys.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Outputs">The outputs.</param>
/// <param name="Operators">How often each operator occurs, the most frequent first.</param>
public sealed record OnnxModelDescription(
    string Producer,
    long FormatVersion,
    IReadOnlyList<string> Opsets,
    IReadOnlyList<KeyValuePair<string, string>> Metadata,
    IReadOnlyList<OnnxValueDescription> Inputs,
    IReadOnlyList<OnnxOutputDescription> Outputs,
    IReadOnlyList<KeyValuePair<string, int>> Operators)
{
    /// <summary>
    /// The outputs that <c>Network.LoadOnnx</c> loads unless told otherwise; empty if it asks which.
    /// </summary>
    public IReadOnlyList<string> DefaultOutputs { get; init; } = [];

    /// <summary>The description in lines of text.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"producer   {(Producer.Length > 0 ? Producer : "not said")}");
        text.AppendLine(
            CultureInfo.InvariantCulture, $"format     {FormatVersion}, operators {string.Join(", ", Opsets)}");
        foreach ((string key, string value) in Metadata)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"metadata   {key} = {value}");
        }

        foreach (OnnxValueDescription input in Inputs)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"input      {input}");
        }

        foreach (OnnxOutputDescription output in Outputs)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"output     {output}");
        }

        string loaded = DefaultOutputs.Count > 0
            ? string.Join(", ", DefaultOutputs)
            : $"nothing unless {nameof(OnnxImportOptions.OutputNames)} say what";
        text.AppendLine(CultureInfo.InvariantCulture, $"loads      {loaded}");
        text.Append("operators  ").AppendJoin(", ", Operators.Select(one => $"{one.Key} × {one.Value}"));
        return text.ToString();
    }
}
