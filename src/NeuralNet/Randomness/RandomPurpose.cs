namespace NeuralNet.Randomness;

/// <summary>
/// The purposes of random streams: the first step of every derivation, so that no two purposes share numbers.
/// </summary>
internal enum RandomPurpose
{
    /// <summary>Initial values of parameters; then the parameter's index.</summary>
    Initialization = 1,

    /// <summary>The order of samples; then the epoch.</summary>
    Shuffling = 2,

    /// <summary>Random numbers of layers in training; then the step, then the layer's index.</summary>
    TrainingStep = 3,

    /// <summary>The division of samples into the parts of a split.</summary>
    Splitting = 4,

    /// <summary>Variations of training samples; then the epoch, then the batch.</summary>
    Augmentation = 5,

    /// <summary>The settings of a search; then the trial, then the setting.</summary>
    Search = 6,

    /// <summary>Symbols drawn to write a text.</summary>
    Sampling = 7,

    /// <summary>The orders in which values are shuffled to measure their importance; then the repeat.</summary>
    Importance = 8,

    /// <summary>The samples that a member of an ensemble is trained on; then the member.</summary>
    Ensemble = 9,

    /// <summary>Random numbers of layers where running statistics are computed anew; then the batch.</summary>
    Statistics = 10,
}
