using System.Diagnostics;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>A side whose work is done in this process: the library, or a peer that is called from .NET.</summary>
internal sealed class InProcessSide(Action action) : ISide
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
