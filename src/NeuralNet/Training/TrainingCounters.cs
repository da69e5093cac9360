namespace NeuralNet.Training;

/// <summary>Counters of a training, over all its runs.</summary>
/// <param name="Steps">Steps made.</param>
/// <param name="Epochs">Epochs completed.</param>
/// <param name="EpochsBegun">Epochs begun.</param>
/// <param name="LearningRateFactor">The factor that the learning rate is multiplied by.</param>
internal readonly record struct TrainingCounters(long Steps, int Epochs, int EpochsBegun, double LearningRateFactor);
