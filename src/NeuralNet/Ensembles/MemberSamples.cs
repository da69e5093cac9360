using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Randomness;

namespace NeuralNet.Ensembles;

/// <summary>Chooses the samples that each member of an ensemble is trained on.</summary>
internal static class MemberSamples
{
    /// <summary>
    /// Gives the samples of each member, and those that it lacks, of which there may be none.
    /// </summary>
    public static Func<int, (DataSet<T> Training, DataSet<T>? LeftOut)> Of<T>(
        DataSet<T> data, int members, int seed, Resampling resampling)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (resampling)
        {
            case Resampling.Bootstrap:
                return member => Bootstrap(data, seed, member);
            case Resampling.Folds:
                (DataSet<T> Training, DataSet<T> Validation)[] folds = [.. data.Folds(members, seed)];
                return member => folds[member];
            default:
                return _ => (data, null);
        }
    }

    private static (DataSet<T> Training, DataSet<T>? LeftOut) Bootstrap<T>(DataSet<T> data, int seed, int member)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Random draw = RandomStream.FromSeed(seed).Derive((long)RandomPurpose.Ensemble).Derive(member).CreateGenerator();
        int[] drawn = [.. Enumerable.Range(0, data.Count).Select(_ => draw.Next(data.Count))];
        int[] leftOut = [.. Enumerable.Range(0, data.Count).Except(drawn)];
        return (data.Select(drawn), leftOut.Length == 0 ? null : data.Select(leftOut));
    }
}
