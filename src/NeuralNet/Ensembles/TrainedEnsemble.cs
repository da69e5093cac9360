using NeuralNet.Networks;

namespace NeuralNet.Ensembles;

/// <summary>An ensemble with what its training has shown.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Network">
/// The ensemble: a network that gives the mean of its members' outputs, to be saved, put into a pipeline or exported as
/// any other.
/// </param>
/// <param name="Members">The members, in their order.</param>
public sealed record TrainedEnsemble<T>(Network<T> Network, IReadOnlyList<EnsembleMember<T>> Members)
    where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>;
