namespace NeuralNet.Training;

/// <summary>
/// A receiver of progress that is also told of the result of every epoch and of the end of the run, such as one that
/// leaves a line on the screen which the next output must not run into.
/// </summary>
public interface ITrainingProgress : IProgress<TrainingProgress>
{
    /// <summary>Receives the result of an epoch, after its validation; on the training thread.</summary>
    /// <param name="progress">How far the run is.</param>
    /// <param name="result">The result of the epoch.</param>
    void ReportEpoch(TrainingProgress progress, EpochResult result);

    /// <summary>
    /// Receives the way in which the run ended, before Fit returns or throws; on the training thread. Nothing is
    /// reported after it.
    /// </summary>
    /// <param name="outcome">The way in which it ended.</param>
    void ReportEnd(TrainingOutcome outcome);
}
