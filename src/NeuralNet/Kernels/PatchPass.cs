namespace NeuralNet.Kernels;

/// <summary>
/// A pass over images: each result, a pixel of other images, is a product of weights and a patch of the source.
/// </summary>
/// <param name="Source">The images that the patches are of.</param>
/// <param name="ResultSize">Number of elements of an image of results.</param>
/// <param name="Groups">Number of groups: each multiplies some channels of the source by weights of its own.</param>
/// <param name="GroupChannels">Channels of the source that a group sees.</param>
/// <param name="GroupResults">Channels of the results that a group makes: the rows of its weights.</param>
/// <param name="WeightStep">Distance from the weights of one patch element to those of the next.</param>
/// <param name="WeightGroupStep">Distance from the weights of one group to those of the next.</param>
/// <param name="SamplesPerBlock">
/// Number of samples that the tables are for; a block of fewer uses the first part of them.
/// </param>
/// <param name="Phases">
/// The patches, in as many parts as there are sets of weights that are not multiplied by padding alone.
/// </param>
internal sealed record PatchPass(
    PaddedImage Source,
    int ResultSize,
    int Groups,
    int GroupChannels,
    int GroupResults,
    int WeightStep,
    int WeightGroupStep,
    int SamplesPerBlock,
    PatchPhase[] Phases);
