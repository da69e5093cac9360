using System.Runtime.ExceptionServices;
using NeuralNet.Training;

namespace NeuralNet.ModelSelection;

/// <summary>Exceptions that ended the folds of a cross-validation or the trials of a search.</summary>
internal static class Failures
{
    /// <summary>
    /// Throws the first that is no divergence, if all have failed: a mistake that all share, such as data that do not
    /// fit the network.
    /// </summary>
    /// <param name="failures">The exception of each; null if it came to its end.</param>
    public static void ThrowIfShared(IEnumerable<Exception?> failures)
    {
        Exception?[] all = [.. failures];
        if (Array.TrueForAll(all, failure => failure is not null)
            && Array.Find(all, failure => failure is not TrainingDivergedException) is { } mistake)
        {
            ExceptionDispatchInfo.Throw(mistake);
        }
    }

    /// <summary>The outcome in words: the result, or how it failed.</summary>
    public static string Describe(Exception? failure, Func<string> result) => failure switch
    {
        null => result(),
        TrainingDivergedException => "diverged",
        _ => "failed",
    };
}
