namespace NeuralNet.Training;

/// <summary>
/// A callback that needs the parameters that are trained, even where others see an average of them: one that saves the
/// state of the training, or looks at what training did.
/// </summary>
internal interface INeedsTrainedParameters;
