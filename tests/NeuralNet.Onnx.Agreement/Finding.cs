namespace NeuralNet.Onnx.Agreement;

/// <summary>What was found of a model.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Verdict">What it came to.</param>
/// <param name="Remark">The layers, the reason or the difference.</param>
internal sealed record Finding(string Model, Verdict Verdict, string Remark)
{
    public override string ToString() => $"{Verdict,-8} {Model}: {Remark}";
}
