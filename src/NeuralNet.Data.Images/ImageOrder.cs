using NeuralNet.Randomness;

namespace NeuralNet.Data.Images;

/// <summary>The order in which images are read.</summary>
internal static class ImageOrder
{
    /// <summary>The order of an epoch: drawn by a seed, or as the images are.</summary>
    public static int[] Of(int count, int? seed, int epoch)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        if (seed is { } given)
        {
            RandomStream.FromSeed(given).Derive(epoch).CreateGenerator().Shuffle(order);
        }

        return order;
    }
}
