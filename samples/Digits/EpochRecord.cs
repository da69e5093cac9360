using NeuralNet.Evaluation;
using NeuralNet.Training;

namespace NeuralNet.Samples.Digits;

/// <summary>The results of an epoch.</summary>
/// <param name="Training">The result of the training.</param>
/// <param name="Test">The test after it; null if there was none.</param>
internal sealed record EpochRecord(EpochResult Training, EvaluationResult? Test = null)
{
    /// <summary>
    /// Share of the training samples read correctly, each at the time it was seen; null if it was not measured.
    /// </summary>
    public double? TrainAccuracy => Read(Training.Metrics);

    /// <summary>Share of the validation samples read correctly after the epoch; null if it was not measured.</summary>
    public double? ValidationAccuracy => Training.Validation is null ? null : Read(Training.Validation.Metrics);

    /// <summary>Share of the test samples read correctly after the epoch; null if it was not measured.</summary>
    public double? TestAccuracy => Test is null ? null : Read(Test.Metrics);

    private static double? Read(IReadOnlyDictionary<string, double> metrics) =>
        metrics.TryGetValue(ModelFactory.Accuracy.Name, out double accuracy) ? accuracy : null;
}
