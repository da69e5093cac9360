using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace NeuralNet.ModelSelection;

/// <summary>Runs independent actions, several at a time.</summary>
internal static class Parallelism
{
    /// <summary>Runs actions 0 to count − 1; false if it was cancelled before all were done.</summary>
    public static bool For(int count, int parallelism, Action<int> action, CancellationToken cancellationToken)
    {
        try
        {
            if (parallelism == 1)
            {
                for (int i = 0; i < count; i++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    action(i);
                }
            }
            else
            {
                var options = new ParallelOptions
                {
                    MaxDegreeOfParallelism = parallelism,
                    CancellationToken = cancellationToken,
                };

                // One by one, in order: in ranges, long things would wait behind each other.
                Parallel.ForEach(
                    Partitioner.Create(
                        Enumerable.Range(0, count), EnumerablePartitionerOptions.NoBuffering),
                    options,
                    i =>
                    {
                        // The loop hears of a cancellation a little later than the token says so.
                        cancellationToken.ThrowIfCancellationRequested();
                        action(i);
                    });
            }

            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        catch (AggregateException exception)
        {
            if (cancellationToken.IsCancellationRequested
                && exception.InnerExceptions.All(inner => inner is OperationCanceledException))
            {
                return false;
            }

            ExceptionDispatchInfo.Throw(exception.InnerExceptions.First(
                inner => inner is not OperationCanceledException || !cancellationToken.IsCancellationRequested));
            throw;
        }
    }
}
