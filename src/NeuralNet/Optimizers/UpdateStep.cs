namespace NeuralNet.Optimizers;

/// <summary>The number and the learning rate of one training step.</summary>
/// <param name="Number">The number of this step, from 1.</param>
/// <param name="LearningRate">The learning rate of this step: use this one, not the optimizer's own.</param>
public readonly record struct UpdateStep(long Number, double LearningRate);
