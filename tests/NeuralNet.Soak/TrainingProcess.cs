using System.Diagnostics;

namespace NeuralNet.Soak;

/// <summary>Processes of this program that train, see <see cref="ChildCommand"/>.</summary>
internal static class TrainingProcess
{
    /// <summary>The words that start one, before its options.</summary>
    private static string[] Program =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
            ? [Environment.ProcessPath!, typeof(TrainingProcess).Assembly.Location, ChildCommand.Name]
            : [Environment.ProcessPath!, ChildCommand.Name];

    /// <summary>Starts one, or with a launcher in front as many as that says.</summary>
    public static Process Start(IEnumerable<string> launcher, IEnumerable<string> options)
    {
        string[] words = [.. launcher, .. Program, .. options];
        return Process.Start(new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardError = true,

            // Launchers write about killed processes there; trainings write nothing.
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>Starts one and waits until it ends, as it should.</summary>
    /// <exception cref="InvalidOperationException">It has failed.</exception>
    public static void Run(IEnumerable<string> options) => Finish(Start([], options));

    /// <summary>Waits until it ends, as it should.</summary>
    /// <exception cref="InvalidOperationException">It has failed.</exception>
    public static void Finish(Process process)
    {
        using (process)
        {
            string error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"The training failed: {error}");
            }
        }
    }
}
