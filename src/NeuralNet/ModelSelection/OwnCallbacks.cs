using System.Numerics;
using NeuralNet.Training;

namespace NeuralNet.ModelSelection;

/// <summary>Checks that runs which are under way at the same time share nothing that serves one.</summary>
internal static class OwnCallbacks
{
    /// <summary>Refuses a callback or a progress that two runs share.</summary>
    /// <param name="options">The options of each run.</param>
    /// <param name="run">What a run is called, such as <c>fold</c>.</param>
    /// <exception cref="ArgumentException">Two runs share one.</exception>
    public static void Require<T>(FitOptions<T>[] options, string run)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < options.Length; i++)
        {
            if (options[i].Callbacks.FirstOrDefault(callback => !seen.Add(callback)) is { } shared)
            {
                throw new ArgumentException(
                    $"A callback serves one run at a time, but the options of {run} {i} have the "
                    + $"{shared.GetType().Name} of another {run}: make a new one for each.",
                    nameof(options));
            }

            if (options[i].Progress is { } progress && !seen.Add(progress))
            {
                throw new ArgumentException(
                    $"Progress serves one run at a time, but the options of {run} {i} have that of another {run}: "
                    + "make a new one for each, leave it out, or set the parallelism to 1.",
                    nameof(options));
            }
        }
    }
}
