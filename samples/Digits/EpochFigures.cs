namespace NeuralNet.Samples.Digits;

/// <summary>The figures beside the progress bar of an epoch.</summary>
internal readonly record struct EpochFigures(double Loss, double Accuracy, double SamplesPerSecond, TimeSpan? Remaining)
{
    /// <summary>The accuracy on the test samples once the epoch is over, if it is measured.</summary>
    public double? TestAccuracy { get; init; }
}
