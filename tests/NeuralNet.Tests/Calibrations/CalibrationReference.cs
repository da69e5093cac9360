using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Calibrations;

/// <summary>What <c>Parity/calibration.py</c> wrote.</summary>
internal sealed record CalibrationReference(
    IReadOnlyList<CalibrationReference.BinaryCase> Binary, IReadOnlyList<CalibrationReference.ClassCase> Classes)
{
    public static CalibrationReference File { get; } = ReferenceFile.Read<CalibrationReference>("calibration");

    public sealed record BinaryCase(
        double[] Logits,
        int[] Answers,
        double[] At,
        double Slope,
        double Intercept,
        double Temperature,
        double[] Scores,
        double[] Probabilities,
        double[] Isotonic,
        double[] Platt,
        IReadOnlyList<Curve> Curves,
        IReadOnlyDictionary<string, double> Goals);

    public sealed record Curve(bool Quantile, int Bins, double[] Observed, double[] Predicted);

    public sealed record ClassCase(
        int Classes,
        double[] Logits,
        int[] Actual,
        double Temperature,
        double[] Tempered,
        double[] Platt,
        double[] Isotonic);
}
