namespace NeuralNet.Reports.Examining;

/// <summary>What the trained network makes of some data.</summary>
/// <param name="Data">The name of the data.</param>
/// <param name="Samples">Number of samples.</param>
/// <param name="Figures">Loss and metrics; empty if they could not be measured.</param>
/// <param name="Outputs">What there is to see of each output, or of all together.</param>
internal sealed record ExaminedData(
    string Data, int Samples, IReadOnlyList<FinalFigure> Figures, IReadOnlyList<ExaminedOutput> Outputs);
