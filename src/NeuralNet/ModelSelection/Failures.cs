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

    /// <summary>A failure in a word; null if there is none.</summary>
    public static string? Describe(Exception? failure) => failure switch
    {
        null => null,
        TrainingDivergedException => "diverged",
        _ => "failed",
    };
}
