namespace NeuralNet.Metrics;

/// <summary>Samples whose predicted probabilities are alike, and how often they were right.</summary>
/// <param name="Lower">The lower end of the bin, which belongs to the bin before but for the first.</param>
/// <param name="Upper">The upper end, which belongs to it.</param>
/// <param name="Count">Number of samples.</param>
/// <param name="MeanPredicted">The mean of the predicted probabilities.</param>
/// <param name="Observed">The share of samples for which it came true.</param>
public sealed record ReliabilityBin(double Lower, double Upper, long Count, double MeanPredicted, double Observed)
{
    /// <summary>|observed − predicted|.</summary>
    public double Gap => Math.Abs(Observed - MeanPredicted);
}
