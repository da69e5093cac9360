namespace NeuralNet.Benchmarks.Measuring;

/// <summary>
/// Compares two sides in rounds. In a round each side runs once, for a fraction of a second, while the other one is
/// idle; the sides take turns to begin, so a slowdown of the machine affects both. The result is the median of the
/// rounds' ratios.
/// </summary>
/// <param name="rounds">Number of rounds.</param>
/// <param name="warmUpSeconds">The shortest warm-up of the library; that of the peer is half as long.</param>
internal sealed class Comparison(int rounds, double warmUpSeconds)
{
    private const double BlockSeconds = 0.2;

    // The runtime compiles a method again after 30 calls, and then once more with what it has learned.
    private const int WarmUpIterations = 200;

    // Settled: two blocks, one after the other, whose times differ by less.
    private const double Settled = 0.05;

    // Threads of OpenBLAS and OpenMP go on spinning for up to 30 ms after their work.
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Number of rounds.</summary>
    public int Rounds { get; } = rounds;

    /// <summary>A quick comparison, to try things out.</summary>
    public static Comparison Quick() => new(rounds: 3, warmUpSeconds: 0.5);

    /// <summary>A thorough comparison, to record.</summary>
    public static Comparison Thorough() => new(rounds: 7, warmUpSeconds: 1);

    /// <summary>Warms both sides up, finds the number of iterations of each, and compares.</summary>
    public Outcome Compare(ISide ours, ISide peer)
    {
        int ourIterations = IterationsPerBlock(WarmUp(ours, warmUpSeconds));
        int peerIterations = IterationsPerBlock(WarmUp(peer, warmUpSeconds / 2));
        return CompareRounds(
            () => Block(ours, ourIterations),
            () => Block(peer, peerIterations));
    }

    /// <summary>Measures roughly how fast a side is.</summary>
    /// <returns>Seconds per iteration.</returns>
    public double Try(ISide side)
    {
        Thread.Sleep(_pause);
        return WarmUp(side, warmUpSeconds / 4);
    }

    /// <summary>Compares things that are done once per round, without warming up.</summary>
    public Outcome CompareOnce(ISide ours, ISide peer) => CompareRounds(() => ours.Run(0, 1), () => peer.Run(0, 1));

    private Outcome CompareRounds(Func<double> ours, Func<double> peer)
    {
        double[] ourSeconds = new double[Rounds];
        double[] peerSeconds = new double[Rounds];
        for (int round = 0; round < Rounds; round++)
        {
            bool weBegin = round % 2 == 0;
            if (weBegin)
            {
                ourSeconds[round] = ours();
            }

            peerSeconds[round] = peer();
            if (!weBegin)
            {
                ourSeconds[round] = ours();
            }
        }

        return new(ourSeconds, peerSeconds);
    }

    private static double Block(ISide side, int iterations)
    {
        Thread.Sleep(_pause);
        return side.Run(1 + (iterations / 20), iterations) / iterations;
    }

    private static int IterationsPerBlock(double secondsEach) => (int)Math.Clamp(BlockSeconds / secondsEach, 1, 1e7);

    /// <summary>Runs a side until its speed has settled, but not for long if a single iteration is slow.</summary>
    /// <returns>Seconds per iteration at the end.</returns>
    private static double WarmUp(ISide side, double leastSeconds)
    {
        double total = 0;
        long count = 0;
        double previous = double.PositiveInfinity;
        int iterations = 1;
        while (true)
        {
            double seconds = side.Run(0, iterations);
            double each = seconds / iterations;
            total += seconds;
            count += iterations;
            bool settled = Math.Abs(each - previous) < Settled * previous;
            if ((total >= leastSeconds && count > WarmUpIterations && settled) || total >= 4 * leastSeconds)
            {
                return each;
            }

            previous = each;
            iterations = (int)Math.Clamp(BlockSeconds / 2 / each, 1, 4.0 * iterations);
        }
    }
}
