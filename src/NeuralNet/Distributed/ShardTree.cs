using System.Numerics;

namespace NeuralNet.Distributed;

/// <summary>
/// The order in which the numbers of shards are added: a binary tree over all shards, whichever worker has which. Each
/// worker adds up the largest subtrees whose shards are all its own, and what is left to add of the tree is added from
/// these.
/// </summary>
internal static class ShardTree
{
    /// <summary>Where a node of the tree with several shards is cut in two: after the largest power of 2.</summary>
    public static int Middle(int first, int end) => first + (1 << BitOperations.Log2((uint)(end - first - 1)));

    /// <summary>The largest nodes of the tree whose shards are all among some, in order.</summary>
    public static List<(int First, int End)> Cover(Shards shards)
    {
        List<(int First, int End)> nodes = [];
        Cover(0, shards.Count);
        return nodes;

        void Cover(int first, int end)
        {
            if (first >= shards.First && end <= shards.End)
            {
                nodes.Add((first, end));
            }
            else if (first < shards.End && end > shards.First)
            {
                int middle = Middle(first, end);
                Cover(first, middle);
                Cover(middle, end);
            }
        }
    }
}
