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
/// <param name="Samples">Number of samples.</param>
/// <param name="Inputs">The inputs.</param>
/// <param name="Expected">The numbers that the model should give.</param>
/// <param name="Labels">What the output of the name label should give; null if there is none.</param>
internal sealed record CaseBatch(
    int Samples,
    IReadOnlyList<double> Inputs,
    IReadOnlyList<double> Expected,
    IReadOnlyList<string>? Labels = null);

/// <summary>An input or an output of a model.</summary>
internal sealed record CaseValue(string Name, IReadOnlyList<int> Shape);
