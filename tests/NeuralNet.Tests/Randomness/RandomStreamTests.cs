using NeuralNet.Randomness;

namespace NeuralNet.Tests.Randomness;

public sealed class RandomStreamTests
{
    [Fact]
    public void Equal_derivations_give_equal_numbers() =>
        RandomStream.FromSeed(7).Derive(3).Derive(5).CreateGenerator().Next()
            .Should().Be(RandomStream.FromSeed(7).Derive(3).Derive(5).CreateGenerator().Next());

    [Fact]
    public void Different_derivations_give_different_streams()
    {
        var firstNumbers = new HashSet<int>();
        foreach (int seed in new[] { 0, 1, -1, int.MaxValue, int.MinValue })
        {
            for (int index = -100; index < 100; index++)
            {
                firstNumbers.Add(RandomStream.FromSeed(seed).Derive(index).CreateGenerator().Next());
                firstNumbers.Add(RandomStream.FromSeed(seed).Derive(index).Derive(0).CreateGenerator().Next());
            }
        }

        firstNumbers.Should().HaveCount(2000);
    }

    [Fact]
    public void Many_numbers_at_once_are_those_drawn_one_by_one()
    {
        RandomStream stream = RandomStream.FromSeed(-3).Derive(5);
        foreach (long first in new[] { 0, 1, 7, int.MaxValue, 1L << 40 })
        {
            for (int count = 0; count < 40; count++)
            {
                ulong[] bits = new ulong[count];
                stream.Fill(first, bits);
                bits.Should().Equal(Enumerable.Range(0, count).Select(i => stream.Bits(first + i)));
            }
        }
    }

    [Fact]
    public void The_order_of_derivation_matters() =>
        RandomStream.FromSeed(7).Derive(1).Derive(2).Should().NotBe(RandomStream.FromSeed(7).Derive(2).Derive(1));

    [Fact]
    public void A_permutation_holds_every_number_once_and_is_evenly_spread()
    {
        int[] order = new int[50];
        int[] firsts = new int[5];
        for (int i = 0; i < 5000; i++)
        {
            int[] small = new int[5];
            Permutation.Draw(small, RandomStream.FromSeed(1).Derive(i));
            firsts[small[0]]++;
        }

        Permutation.Draw(order, RandomStream.FromSeed(1));
        order.Order().Should().Equal(Enumerable.Range(0, 50));
        order.Should().NotBeInAscendingOrder();
        firsts.Should().OnlyContain(count => count > 900 && count < 1100);
    }
}
