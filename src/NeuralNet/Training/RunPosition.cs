namespace NeuralNet.Training;

/// <summary>The position of a training run, from which it can continue.</summary>
/// <param name="Epoch">The epoch at hand or the last one, from 1; 0 before the first.</param>
/// <param name="IsWithinEpoch">Whether that epoch has batches left.</param>
/// <param name="Batch">Batches of it that have had their step.</param>
/// <param name="Samples">Samples of those.</param>
/// <param name="LossSum">The losses of those samples together.</param>
/// <param name="LearningRate">The learning rate of the last step; NaN before the first.</param>
/// <param name="Steps">Steps made in the run.</param>
/// <param name="Results">The results of the epochs before.</param>
internal sealed record RunPosition(
    int Epoch,
    bool IsWithinEpoch,
    int Batch,
    long Samples,
    double LossSum,
    double LearningRate,
    long Steps,
    IReadOnlyList<EpochResult> Results)
{
    /// <summary>Time spent on the training of that epoch; null if it is not known.</summary>
    public TimeSpan? EpochElapsed { get; init; }

    /// <summary>Time spent on the run.</summary>
    public TimeSpan Elapsed { get; init; }
}
