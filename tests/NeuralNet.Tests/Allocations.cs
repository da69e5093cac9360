namespace NeuralNet.Tests;

/// <summary>What an action allocates once it is warm.</summary>
internal static class Allocations
{
    private const int MostTries = 100;

    /// <summary>
    /// Bytes that the calling thread allocates for the action: the least of several tries, for the runtime itself
    /// allocates now and then on whatever thread is at hand, when it exchanges code for better code.
    /// </summary>
    public static long WhenWarm(Action action)
    {
        long least = long.MaxValue;
        for (int i = 0; i < MostTries && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
