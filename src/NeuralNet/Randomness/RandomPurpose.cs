namespace NeuralNet.Randomness;

/// <summary>What a stream is for: the first step of every derivation, so that no two purposes share numbers.</summary>
internal enum RandomPurpose
{
    /// <summary>Initial values of parameters; then the parameter's index.</summary>
    Initialization = 1,

    /// <summary>The order of samples; then the epoch.</summary>
    Shuffling = 2,

    /// <summary>What layers draw while training; then the step, then the layer's index.</summary>
    TrainingStep = 3,

    /// <summary>Which samples go into which part of a split.</summary>
    Splitting = 4,

    /// <summary>How training samples are varied; then the epoch, then the batch.</summary>
    Augmentation = 5,

    /// <summary>Which settings are tried; then the trial, then the setting.</summary>
    Search = 6,
}
