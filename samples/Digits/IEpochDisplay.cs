using NeuralNet.Training;

namespace NeuralNet.Samples.Digits;

/// <summary>Shows the progress of training: it is told of every batch, and of the end of every epoch.</summary>
internal interface IEpochDisplay : IProgress<TrainingProgress>
{
    /// <summary>Shows the results of an epoch.</summary>
    void EndEpoch(EpochRecord epoch);
}
