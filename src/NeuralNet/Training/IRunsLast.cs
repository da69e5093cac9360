namespace NeuralNet.Training;

/// <summary>A callback that is told after all others, for it saves what they remember.</summary>
internal interface IRunsLast : INeedsTrainedParameters;
