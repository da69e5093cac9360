namespace NeuralNet.Training;

/// <summary>One step of a learning-rate range test.</summary>
/// <param name="LearningRate">The learning rate of the step.</param>
/// <param name="Loss">The loss of its batch before the step.</param>
/// <param name="SmoothedLoss">The exponential mean of the losses up to it.</param>
public readonly record struct LearningRatePoint(double LearningRate, double Loss, double SmoothedLoss);
