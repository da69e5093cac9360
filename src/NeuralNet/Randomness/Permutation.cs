using MathNet.Numerics;

namespace NeuralNet.Randomness;

/// <summary>Fills spans with permutations of the numbers from 0 to n − 1.</summary>
internal static class Permutation
{
    /// <summary>Fills <paramref name="order"/> with the numbers in random order.</summary>
    public static void Draw(int[] order, RandomStream stream)
    {
        Identity(order);
        Combinatorics.SelectPermutationInplace(order, stream.CreateGenerator());
    }

    /// <summary>Fills <paramref name="order"/> with the numbers in ascending order.</summary>
    public static void Identity(int[] order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
    }
}
