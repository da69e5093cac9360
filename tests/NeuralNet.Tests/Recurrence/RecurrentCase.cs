namespace NeuralNet.Tests.Recurrence;

/// <summary>A recurrent layer of PyTorch, as <c>Parity/recurrent.py</c> writes it and documents it.</summary>
public sealed record RecurrentCase(
    string Name,
    string Kind,
    int Features,
    int Hidden,
    int Steps,
    int Batch,
    int Layers,
    bool Bidirectional,
    Dictionary<string, double[]> Parameters,
    double[] Inputs,
    double[] Outputs,
    double[]? FinalHidden,
    string? LossOf,
    double[]? Targets,
    double Loss,
    Dictionary<string, double[]> ParameterGradients,
    double[] InputGradients,
    double[]? InitialHidden,
    double[]? InitialCell,
    double[]? InitialHiddenGradients,
    double[]? InitialCellGradients,
    double[]? Weights,
    double[]? Lengths,
    string? Readout,
    Dictionary<string, double[]> Initial,
    Dictionary<string, double[]> Final,
    double[] Losses)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
