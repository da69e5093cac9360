using NeuralNet.Distributed;

namespace NeuralNet.Tests.Distributed;

public sealed class ShardTreeTests
{
    [Theory]
    [InlineData(8, 0, 8, "0-8")]
    [InlineData(8, 0, 4, "0-4")]
    [InlineData(8, 6, 8, "6-8")]
    [InlineData(8, 2, 5, "2-4 4-5")]
    [InlineData(8, 1, 8, "1-2 2-4 4-8")]
    [InlineData(6, 3, 6, "3-4 4-6")]
    [InlineData(5, 0, 5, "0-5")]
    [InlineData(7, 4, 7, "4-7")]
    public void The_largest_nodes_of_own_shards_are_found(int count, int first, int end, string nodes) =>
        string.Join(' ', ShardTree.Cover(new(count, first, end)).Select(node => $"{node.First}-{node.End}"))
            .Should().Be(nodes);

    [Fact]
    public void Any_split_among_workers_leaves_the_nodes_of_one_tree()
    {
        for (int shards = 1; shards <= 20; shards++)
        {
            for (int workers = 1; workers <= shards; workers++)
            {
                string[] sums = [.. Enumerable.Range(0, workers)
                    .Select(rank => Shards.Of(new Split(rank, workers, shards)))
                    .SelectMany(own => ShardTree.Cover(own))
                    .Select(node => Text(node.First, node.End))];
                int next = 0;
                Rest(0, shards).Should().Be(Text(0, shards));

                string Rest(int first, int end)
                {
                    if (sums[next] == Text(first, end))
                    {
                        return sums[next++];
                    }

                    int middle = ShardTree.Middle(first, end);
                    return $"({Rest(first, middle)} + {Rest(middle, end)})";
                }
            }
        }
    }

    [Theory]
    [InlineData(3, 8, "2 3 3")]
    [InlineData(8, 3, "0 0 1 0 0 1 0 1")]
    [InlineData(4, 4, "1 1 1 1")]
    public void Shards_have_about_as_many_samples_each(int shards, int samples, string expected)
    {
        var all = new Shards(shards, 0, shards);
        string.Join(' ', Enumerable.Range(0, shards)
            .Select(shard => all.Start(shard + 1, samples) - all.Start(shard, samples))).Should().Be(expected);
    }

    private static string Text(int first, int end)
    {
        if (end - first == 1)
        {
            return $"{first}";
        }

        int middle = ShardTree.Middle(first, end);
        return $"({Text(first, middle)} + {Text(middle, end)})";
    }

    private sealed class Split(int rank, int count, int shards) : IWorkers
    {
        public int Rank => rank;

        public int Count => count;

        public int Shards => shards;

        public void AllGather<TItem>(ReadOnlySpan<TItem> own, Span<TItem> all, ReadOnlySpan<int> counts)
            where TItem : unmanaged => throw new NotSupportedException();

        public void AllToAll<TItem>(
            ReadOnlySpan<TItem> sent,
            ReadOnlySpan<int> sentCounts,
            Span<TItem> received,
            ReadOnlySpan<int> receivedCounts)
            where TItem : unmanaged => throw new NotSupportedException();
    }
}
