namespace NeuralNet.Kernels;

/// <summary>
/// Patches that are multiplied by the same weights, for a block of samples, as tables of offsets: see
/// <see cref="OffsetFactor{T}"/>.
/// </summary>
/// <param name="Places">The offset of each patch in the padded images, sample after sample.</param>
/// <param name="Elements">The offset of each element of a patch from the patch's place.</param>
/// <param name="Results">The offset of each patch's result in the block of results.</param>
/// <param name="FirstWeight">The place of the weights among those of the group.</param>
internal sealed record PatchPhase(int[] Places, int[] Elements, int[] Results, int FirstWeight);
