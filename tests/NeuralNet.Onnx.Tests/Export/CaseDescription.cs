namespace NeuralNet.Onnx.Tests.Export;

/// <summary>
/// Inputs of an exported model and what it should give, sample after sample; of several inputs or outputs, a sample has
/// one behind the other.
/// </summary>
internal sealed record CaseDescription(
    string Name,
    bool Runs,
    string Type,
    IReadOnlyList<CaseValue> Inputs,
    IReadOnlyList<CaseValue> Outputs,
    IReadOnlyList<CaseBatch> Batches);

/// <summary>One batch, sample after sample.</summary>
internal sealed record CaseBatch(int Samples, IReadOnlyList<double> Inputs, IReadOnlyList<double> Expected);

/// <summary>An input or an output of a model.</summary>
internal sealed record CaseValue(string Name, IReadOnlyList<int> Shape);
