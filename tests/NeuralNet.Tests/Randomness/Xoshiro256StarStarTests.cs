using NeuralNet.Randomness;
using Theirs = MathNet.Numerics.Random.Xoshiro256StarStar;

namespace NeuralNet.Tests.Randomness;

/// <summary>The generator of a stream gives the numbers that MathNet's gives from the same 32 bits.</summary>
public sealed class Xoshiro256StarStarTests
{
    public static TheoryData<int> Seeds => [0, 1, -1, 42, int.MaxValue, int.MinValue, 0x55555555];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void All_numbers_are_those_of_the_generator_in_MathNet(int seed)
    {
        (Random ours, Random theirs) = Pair(seed);
        int[] bounds = [1, 2, 3, 4, 7, 8, 9, 1000, 1 << 30, (1 << 30) + 1, int.MaxValue - 1, int.MaxValue];
        for (int round = 0; round < 100; round++)
        {
            ours.Next().Should().Be(theirs.Next());
            ours.NextDouble().Should().Be(theirs.NextDouble());
            ours.NextSingle().Should().Be(theirs.NextSingle());
            ours.NextInt64().Should().Be(theirs.NextInt64());
            ours.NextInt64(1L << 40).Should().Be(theirs.NextInt64(1L << 40));
            ours.NextInt64(-3, 1L << 50).Should().Be(theirs.NextInt64(-3, 1L << 50));
            foreach (int bound in bounds)
            {
                ours.Next(bound).Should().Be(theirs.Next(bound));
                ours.Next(0, bound).Should().Be(theirs.Next(0, bound));
                ours.Next(-1, bound - 1).Should().Be(theirs.Next(-1, bound - 1));
            }

            byte[] ourBytes = new byte[round];
            byte[] theirBytes = new byte[round];
            ours.NextBytes(ourBytes);
            theirs.NextBytes(theirBytes);
            ourBytes.Should().Equal(theirBytes);
            ours.NextBytes(ourBytes.AsSpan());
            theirs.NextBytes(theirBytes.AsSpan());
            ourBytes.Should().Equal(theirBytes);
            int[] ourOrder = [.. Enumerable.Range(0, round)];
            int[] theirOrder = [.. ourOrder];
            ours.Shuffle(ourOrder);
            theirs.Shuffle(theirOrder);
            ourOrder.Should().Equal(theirOrder);
        }
    }

    [Fact]
    public void Ranges_wider_than_an_int_are_drawn_from_too()
    {
        Random random = RandomStream.FromSeed(3).CreateGenerator();
        int[] drawn = [.. Enumerable.Range(0, 1000).Select(_ => random.Next(int.MinValue, int.MaxValue))];
        drawn.Count(value => value < 0).Should().BeInRange(450, 550);
        drawn.Max().Should().BeGreaterThan(2_000_000_000);
        drawn.Min().Should().BeLessThan(-2_000_000_000);
    }

    [Fact]
    public void Empty_ranges_are_as_of_any_generator()
    {
        Random random = RandomStream.FromSeed(3).CreateGenerator();
        random.Next(0).Should().Be(0);
        random.Next(5, 5).Should().Be(5);
        random.Invoking(r => r.Next(-1)).Should().Throw<ArgumentOutOfRangeException>();
        random.Invoking(r => r.Next(5, 4)).Should().Throw<ArgumentOutOfRangeException>();
        random.Invoking(r => r.NextBytes(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void A_stream_gives_32_of_its_bits_as_the_seed()
    {
        Random ours = new RandomStream(0xFFFFFFFE_00000001).CreateGenerator();
        ours.NextDouble().Should().Be(new Theirs(-2, threadSafe: false).NextDouble());
    }

    private static (Random Ours, Random Theirs) Pair(int seed) =>
        (new Xoshiro256StarStar(new RandomStream(unchecked((ulong)seed))), new Theirs(seed, threadSafe: false));
}
