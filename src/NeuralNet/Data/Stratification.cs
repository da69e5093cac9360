using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Data;

/// <summary>Distributes samples over parts, each class as evenly as the sizes of the parts allow.</summary>
internal static class Stratification
{
    /// <summary>
    /// Finds the class of each sample: the row of the 1 in a one-hot target, or the value of a target of one number.
    /// </summary>
    /// <returns>The classes, and their number.</returns>
    public static (int[] Classes, int Count) Classes<T>(ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] classes = new int[targets.Columns];
        if (targets.Rows > 1)
        {
            for (int j = 0; j < classes.Length; j++)
            {
                ReadOnlySpan<T> target = targets.Column(j);
                classes[j] = target.IndexOf(T.One);
                if (classes[j] < 0 || target.Count(T.Zero) != target.Length - 1)
                {
                    throw new InvalidOperationException(
                        $"To be stratified, targets must be one-hot, or a single number each; that of sample {j} is "
                        + "neither.");
                }
            }

            return (classes, targets.Rows);
        }

        var found = new Dictionary<T, int>();
        for (int j = 0; j < classes.Length; j++)
        {
            if (!found.TryGetValue(targets[0, j], out classes[j]))
            {
                classes[j] = found.Count;
                found.Add(targets[0, j], classes[j]);
            }
        }

        return (classes, found.Count);
    }

    /// <summary>
    /// Chooses one of k parts for each sample: parts differ by at most 1 in size, and in the size of each class.
    /// </summary>
    /// <param name="order">The samples in the order in which they are distributed.</param>
    /// <param name="classes">The class of each sample.</param>
    /// <param name="classCount">Number of classes.</param>
    /// <param name="parts">Number of parts.</param>
    public static int[] Deal(ReadOnlySpan<int> order, ReadOnlySpan<int> classes, int classCount, int parts)
    {
        // As if the classes were laid out one after the other and dealt like cards.
        int[] next = new int[classCount];
        int[] counts = Counts(classes, classCount);
        for (int i = 1; i < classCount; i++)
        {
            next[i] = next[i - 1] + counts[i - 1];
        }

        int[] part = new int[order.Length];
        foreach (int sample in order)
        {
            part[sample] = next[classes[sample]]++ % parts;
        }

        return part;
    }

    /// <summary>
    /// Computes the number of samples of each class in a first part of a size: the class's share, rounded so that the
    /// sum is right.
    /// </summary>
    public static int[] Quotas(ReadOnlySpan<int> classes, int classCount, int firstCount)
    {
        int[] counts = Counts(classes, classCount);
        int[] quotas = new int[classCount];
        long[] remainders = new long[classCount];
        int left = firstCount;
        for (int i = 0; i < classCount; i++)
        {
            (long quota, remainders[i]) = Math.DivRem((long)counts[i] * firstCount, classes.Length);
            quotas[i] = (int)quota;
            left -= quotas[i];
        }

        // The largest remainders are rounded up; of equal remainders, the first.
        for (; left > 0; left--)
        {
            int largest = Array.IndexOf(remainders, remainders.Max());
            quotas[largest]++;
            remainders[largest] = -1;
        }

        return quotas;
    }

    /// <summary>Returns the samples in random order.</summary>
    public static int[] Order(int count, int seed, long purpose)
    {
        int[] order = new int[count];
        Permutation.Draw(order, RandomStream.FromSeed(seed).Derive((long)RandomPurpose.Splitting).Derive(purpose));
        return order;
    }

    public static int[] Counts(ReadOnlySpan<int> classes, int classCount)
    {
        int[] counts = new int[classCount];
        foreach (int sampleClass in classes)
        {
            counts[sampleClass]++;
        }

        return counts;
    }
}
