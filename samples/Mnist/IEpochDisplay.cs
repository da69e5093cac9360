using NeuralNet.Training;

namespace NeuralNet.Samples.Mnist;

/// <summary>Shows how far training is: told of batches as they pass, and of every epoch at its end.</summary>
internal interface IEpochDisplay : IProgress<TrainingProgress>
{
    /// <summary>What an epoch gave.</summary>
    void EndEpoch(EpochRecord epoch);
}
