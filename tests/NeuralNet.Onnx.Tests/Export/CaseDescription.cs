namespace NeuralNet.Onnx.Tests.Export;

/// <summary>Inputs of an exported model and what it should give, sample after sample.</summary>
internal sealed record CaseDescription(
    string Name,
    bool Runs,
    string Type,
    IReadOnlyList<int> Input,
    IReadOnlyList<int> Output,
    IReadOnlyList<CaseBatch> Batches);

/// <summary>One batch, sample after sample.</summary>
internal sealed record CaseBatch(int Samples, IReadOnlyList<double> Inputs, IReadOnlyList<double> Expected);
