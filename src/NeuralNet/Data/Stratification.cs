using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Data;

/// <summary>Deals samples into parts, each class as evenly as the parts' sizes allow.</summary>
internal static class Stratification
{
    /// <summary>
    /// The class of each sample: the row of the 1 in a one-hot target, the value where a target is one number.
    /// </summary>
    /// <returns>The classes, and how many there are.</returns>
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
    /// Which of k parts each sample belongs to: parts differ by at most 1 in size, and in the size of each class.
    /// </summary>
    /// <param name="order">The samples in the order in which they are dealt.</param>
    /// <param name="classes">The class of each sample.</param>
    /// <param name="classCount">How many classes there are.</param>
    /// <param name="parts">How many parts.</param>
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
    /// How many samples of each class go into a first part of a size: the class's share, rounded so that the sum is
    /// right.
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

        // The largest remainders are rounded up; of equal ones the first.
        for (; left > 0; left--)
        {
            int largest = Array.IndexOf(remainders, remainders.Max());
            quotas[largest]++;
            remainders[largest] = -1;
        }

        return quotas;
    }

    /// <summary>The samples in random order.</summary>
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
