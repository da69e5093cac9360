using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NeuralNet.Samples.CommandLine;

namespace NeuralNet.Soak;

/// <summary>
/// Kills a training process at random moments, resumes it each time on another number of threads, and compares the bits
/// of the final parameters with those of an undisturbed run.
/// </summary>
internal static class CrashCommand
{
    // From the start of the process: some kills come before it has begun to train, most while it trains or saves.
    private const int EarliestKill = 60;
    private const int LatestKill = 450;

    public static Command Create()
    {
        Option<int> kills = OptionKinds.Count(
            "--kills", "Number of times that each of two trainings, in float and in double, is killed.", 50);
        Option<int> seed = OptionKinds.Seed("--seed", "The seed of the moments.", 1);
        var command = new Command("crash", "Kills training at random moments and compares the result bit for bit.")
        {
            kills, seed,
        };
        command.SetAction(arguments =>
            Run(arguments.GetValue(kills), arguments.GetValue(seed), [])
            && Run(arguments.GetValue(kills), arguments.GetValue(seed) + 1, ["--double"])
                ? 0
                : 1);
        return command;
    }

    private static bool Run(int kills, int seed, string[] precision)
    {
        string folder = Directory.CreateTempSubdirectory("neuralnet-crash-").FullName;
        try
        {
            // Long enough that it cannot end before the last kill.
            string epochs = (8 + kills).ToString(CultureInfo.InvariantCulture);
            string whole = Path.Combine(folder, "whole.safetensors");
            string resumed = Path.Combine(folder, "resumed.safetensors");
            TrainingProcess.Run(
                [.. precision, "--folder", Path.Combine(folder, "a"), "--result", whole, "--epochs", epochs]);

            var random = new Random(seed);
            var fates = new int[2];
            for (int kill = 0; kill < kills; kill++)
            {
                using Process child = TrainingProcess.Start(
                    [],
                    [
                        .. precision, "--folder", Path.Combine(folder, "b"), "--result", resumed, "--epochs", epochs,
                        "--pause", "3",
                        "--threads", (1 + (kill % 3)).ToString(CultureInfo.InvariantCulture),
                    ]);
                if (child.WaitForExit(random.Next(EarliestKill, LatestKill)))
                {
                    Console.Error.WriteLine(
                        $"the training ended by itself, with code {child.ExitCode}, before kill {kill + 1}: "
                        + $"{child.StandardError.ReadToEnd()}");
                    return false;
                }

                fates[File.Exists(Path.Combine(folder, "b")) || Directory.Exists(Path.Combine(folder, "b")) ? 1 : 0]++;
                child.Kill();
                child.WaitForExit();
            }

            TrainingProcess.Run(
                [.. precision, "--folder", Path.Combine(folder, "b"), "--result", resumed, "--epochs", epochs]);
            bool isSame = File.ReadAllBytes(whole).AsSpan().SequenceEqual(File.ReadAllBytes(resumed));
            Console.WriteLine(
                $"{(precision.Length > 0 ? "double" : "float")}: killed {kills} times, {fates[1]} of them with "
                + "checkpoints there: "
                + (isSame ? "the same bits as the undisturbed run" : "OTHER BITS than the undisturbed run"));
            return isSame;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
