using System.Numerics;
using NeuralNet.Guards;
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
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The number of members and the shapes of the network.</summary>
    /// <returns>For example <c>5 members, 784 → 10</c>.</returns>
    public override string ToString() =>
        $"{Quantity.Of(Members.Count, "member")}, {Network.InputShape} → {Network.OutputShape}";
}
