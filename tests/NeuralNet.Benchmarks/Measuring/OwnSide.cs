using System.Diagnostics;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>The library's side, in this process.</summary>
internal sealed class OwnSide(Action action) : ISide
{
    public double Run(int unmeasured, int iterations)
    {
        for (int i = 0; i < unmeasured; i++)
        {
            action();
        }

        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < iterations; i++)
        {
            action();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
