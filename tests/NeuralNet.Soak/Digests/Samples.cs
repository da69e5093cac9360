using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;

namespace NeuralNet.Soak.Digests;

/// <summary>Small data sets made from a seed, by no code of the library.</summary>
internal static class Samples
{
    /// <summary>How many samples a data set has: the last batch of 16 is smaller.</summary>
    public const int Count = 100;

    /// <summary>How many features a sample has.</summary>
    public const int Features = 20;

    /// <summary>How many classes there are.</summary>
    public const int Classes = 5;

    /// <summary>Labelled samples with features from −range to range.</summary>
    public static DataSet<T> Labelled<T>(
        int features = Features, int count = Count, int classes = Classes, double range = 1, int seed = 1)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        DataSet.FromLabels(
            Uniform<T>(features, count, seed, -range, range),
            Enumerable.Range(0, count).Select(j => j * 7 % classes).ToArray(),
            classes);

    /// <summary>Samples with targets that are drawn evenly from an interval.</summary>
    public static DataSet<T> WithTargets<T>(double from, double to, int outputs)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(Uniform<T>(Features, Count, 1), Uniform<T>(outputs, Count, 2, from, to));

    /// <summary>Samples whose targets are −1 or 1.</summary>
    public static DataSet<T> WithSigns<T>(int outputs)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(
            Uniform<T>(Features, Count, 1),
            Uniform<T>(outputs, Count, 2).Map(value => value < T.Zero ? -T.One : T.One));

    /// <summary>Samples whose targets are positive and sum to 1.</summary>
    public static DataSet<T> WithDistributions<T>(int outputs)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> targets = Uniform<T>(outputs, Count, 2, 0.1, 1);
        for (int j = 0; j < Count; j++)
        {
            targets.SetColumn(j, targets.Column(j) / targets.Column(j).Sum());
        }

        return new(Uniform<T>(Features, Count, 1), targets);
    }

    /// <summary>A matrix of numbers drawn evenly from an interval.</summary>
    public static Matrix<T> Uniform<T>(int rows, int columns, int seed, double from = -1, double to = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return Matrix<T>.Build.Dense(
            rows, columns, (_, _) => T.CreateChecked(from + ((to - from) * random.NextDouble())));
    }
}
