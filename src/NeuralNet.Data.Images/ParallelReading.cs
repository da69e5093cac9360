using System.Runtime.ExceptionServices;

namespace NeuralNet.Data.Images;

/// <summary>Reads files on all processors.</summary>
internal static class ParallelReading
{
    /// <summary>Runs an action for each of several files; of several failures, the first in order is thrown.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Run(int count, Action<int> read, CancellationToken cancellationToken)
    {
        var failures = new Exception?[count];
        ParallelLoopResult result = Parallel.For(
            0,
            count,
            new ParallelOptions { CancellationToken = cancellationToken },
            (i, state) =>
            {
                try
                {
                    read(i);
                }
#pragma warning disable CA1031 // It is thrown below, on the caller's thread and not in an AggregateException.
                catch (Exception exception)
#pragma warning restore CA1031
                {
                    failures[i] = exception;
                    state.Break();
                }
            });
        if (result.LowestBreakIteration is { } first)
        {
            ExceptionDispatchInfo.Throw(failures[first]!);
        }
    }
}
