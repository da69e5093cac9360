using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Ensembles;

/// <summary>
/// Several networks that answer as one: the mean of their outputs, (1/k) Σₖ fₖ(x), is better than most of them, and
/// where they differ, they do not know.
/// </summary>
/// <remarks>
/// An ensemble is a network: its members lie side by side in <see cref="Branches{T}"/>, joined by
/// <see cref="Merge.Average"/>. So it is saved in one file, put into a pipeline, served and exported like any other;
/// <see cref="EnsemblePredictions"/> tells what each member says. Members whose loss takes logits end in a softmax or a
/// sigmoid here, so that the mean is that of probabilities.
/// </remarks>
public static partial class Ensemble
{
    /// <summary>Makes one network of several that were trained for the same task.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="members">
    /// At least two networks, of any layers, with the same inputs and outputs; they are copied.
    /// </param>
    /// <param name="loss">
    /// The loss that they were trained with, which says whether their outputs are logits.
    /// </param>
    /// <param name="kinds">What layers and activations there are; those of the library if null.</param>
    /// <returns>The ensemble. It may be trained further as a whole, with a loss that takes probabilities.</returns>
    /// <example><code>
    /// Network&lt;float&gt; ensemble = Ensemble.Combine([first, second, third], new SoftmaxCrossEntropy());
    /// ensemble.Save("ensemble.safetensors");
    /// EnsemblePrediction&lt;float&gt; prediction = ensemble.PredictMembers(inputs);
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// There are fewer than two, or their inputs or outputs differ, or two are the same, number for number.
    /// </exception>
    /// <exception cref="InvalidOperationException">A layer is of a kind that is not registered.</exception>
    /// <exception cref="NotSupportedException">The outputs are logarithms of which no mean can be taken.</exception>
    public static Network<T> Combine<T>(
        IReadOnlyList<Network<T>> members, ILoss loss, ModelKinds? kinds = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(loss);
        return Combine([.. members.Select(member => (member, loss))], kinds ?? new());
    }

    /// <summary>The branches of an ensemble, a member each.</summary>
    /// <exception cref="ArgumentException">The network is none.</exception>
    internal static Branches<T> BranchesOf<T>(Network<T> network)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Layers is [Branches<T> { Children.Count: > 1 } branches] && branches.Merge == Merge.Average
            ? branches
            : throw new ArgumentException(
                $"The network is no ensemble, of which members could be asked: {nameof(Ensemble)}.{nameof(Train)} or "
                + $"{nameof(Ensemble)}.{nameof(Combine)} makes one.",
                nameof(network));
    }

    private static Network<T> Combine<T>((Network<T> Network, ILoss Loss)[] members, ModelKinds kinds)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (members.Length < 2)
        {
            throw new ArgumentException(
                $"An ensemble has at least two members, but there {Quantity.Are(members.Length, "network")}.",
                nameof(members));
        }

        RequireAlike([.. members.Select(member => member.Network)]);
        Network<T> first = members[0].Network;
        FeatureShape shape = first.InputShape;
        var branches = new Branches<T>(
            Merge.Average,
            [
                .. members.Select(member => new Sequence<T>(
                    shape,
                    [.. LayerCopy.Of(member.Network, kinds), .. ProbabilityTail.Of(member.Network, member.Loss)])),
            ]);
        Network<T> ensemble = Network.Create<T>(shape, first.Seed).Add(branches)
            .Build(drawParameters: false, first.Inputs, first.Outputs);
        Parameter<T>[] sources = [.. members.SelectMany(member => member.Network.Parameters)];
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i].Values.CopyTo(ensemble.Parameters[i].Values);
            ensemble.Parameters[i].IsFrozen = sources[i].IsFrozen;
        }

        return ensemble;
    }

    private static void RequireAlike<T>(Network<T>[] members)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int k = 0; k < members.Length; k++)
        {
            ArgumentNullException.ThrowIfNull(members[k], nameof(members));
            if (!AreSame(members[k].Inputs, members[0].Inputs) || !AreSame(members[k].Outputs, members[0].Outputs))
            {
                throw new ArgumentException(
                    $"All members answer the same question, but member 0 takes {members[0].Inputs} and gives "
                    + $"{members[0].Outputs}, and member {k} takes {members[k].Inputs} and gives {members[k].Outputs}.",
                    nameof(members));
            }

            int twin = Array.FindIndex(members, 0, k, other => AreEqual(other, members[k]));
            if (twin >= 0)
            {
                throw new ArgumentException(
                    $"The members {twin} and {k} are the same, number for number, so that they would always agree. "
                    + "Give each network a seed of its own, such as the number of the member.",
                    nameof(members));
            }
        }
    }

    private static bool AreSame(FeatureLayout one, FeatureLayout other) =>
        one.Select(range => (range.Name, range.Shape)).SequenceEqual(other.Select(range => (range.Name, range.Shape)));

    private static bool AreEqual<T>(Network<T> one, Network<T> other)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        one == other || (one.ParameterCount > 0 && one.Parameters.Count == other.Parameters.Count
            && one.Parameters.Zip(other.Parameters, (a, b) => a.Values.SequenceEqual(b.Values)).All(same => same));
}
