using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NeuralNet.Samples.CommandLine;

namespace NeuralNet.Soak;

/// <summary>
/// Kills one of several training processes at random moments, starts them again in another number each time, and
/// compares the bits of the final parameters with those of an undisturbed run. For Linux.
/// </summary>
internal static class MpiCrashCommand
{
    private const int Shards = 4;

    // From the start of the launcher: some kills come before training has begun, most while it trains or saves.
    private const int EarliestKill = 300;
    private const int LatestKill = 1800;

    private static readonly TimeSpan _longestEnd = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        Option<int> kills = OptionKinds.Count("--kills", "Number of times that a process is killed.", 50);
        Option<int> seed = OptionKinds.Seed("--seed", "The seed of the moments.", 1);
        var launcher = new Option<string>("--launcher")
        {
            Description = "The command that starts processes; ' -n COUNT PROGRAM' is added.",
            DefaultValueFactory = _ => "mpirun",
        };
        var command = new Command("mpi-crash", "Kills one of several processes at random moments, and compares bits.")
        {
            kills, seed, launcher,
        };
        command.SetAction(arguments => Run(
            arguments.GetValue(kills), arguments.GetValue(seed), arguments.GetRequiredValue(launcher)));
        return command;
    }

    private static int Run(int kills, int seed, string launcher)
    {
        string folder = Directory.CreateTempSubdirectory("neuralnet-mpi-crash-").FullName;
        try
        {
            string epochs = (10 + (4 * kills)).ToString(CultureInfo.InvariantCulture);
            string whole = Path.Combine(folder, "whole.safetensors");
            string resumed = Path.Combine(folder, "resumed.safetensors");
            string[] task = ["--epochs", epochs, "--shards", $"{Shards}", "--folder"];
            TrainingProcess.Run([.. task, Path.Combine(folder, "a"), "--result", whole]);

            string[] again = [.. task, Path.Combine(folder, "b"), "--result", resumed];
            var random = new Random(seed);
            int killed = 0;
            for (int kill = 0; kill < kills; kill++)
            {
                using Process all = Start(launcher, random.Next(1, Shards + 1), [.. again, "--pause", "3"]);
                if (all.WaitForExit(random.Next(EarliestKill, LatestKill)))
                {
                    throw new InvalidOperationException(
                        $"Ended before kill {kill + 1}: {all.StandardError.ReadToEnd()}");
                }

                List<Process> children = Children(resumed);
                if (children.Count == 0)
                {
                    all.Kill(entireProcessTree: true);
                }
                else
                {
                    children[random.Next(children.Count)].Kill();
                    killed++;
                }

                if (!all.WaitForExit(_longestEnd))
                {
                    throw new InvalidOperationException($"Kill {kill + 1}: the launcher has not ended.");
                }

                RequireGone(resumed);
            }

            TrainingProcess.Finish(Start(launcher, 2, again));
            bool isSame = File.ReadAllBytes(whole).AsSpan().SequenceEqual(File.ReadAllBytes(resumed));
            Console.WriteLine(
                $"{launcher}: one of 1 to {Shards} processes killed {killed} times, the launcher {kills - killed} "
                + "times: "
                + (isSame ? "the same bits as the undisturbed run" : "OTHER BITS than the undisturbed run"));
            return isSame ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The training processes, by the result that they name.</summary>
    private static List<Process> Children(string result)
    {
        List<Process> children = [];
        Process[] candidates =
            [.. Process.GetProcessesByName("dotnet"), .. Process.GetProcessesByName("NeuralNet.Soak")];
        foreach (Process process in candidates)
        {
            try
            {
                string command = File.ReadAllText($"/proc/{process.Id}/cmdline");
                if (command.Contains(result, StringComparison.Ordinal)
                    && command.Contains($"\0{ChildCommand.Name}\0", StringComparison.Ordinal))
                {
                    children.Add(process);
                }
            }
            catch (IOException)
            {
                // It has ended.
            }
        }

        return children;
    }

    private static void RequireGone(string result)
    {
        for (long start = Environment.TickCount64; Children(result).Count > 0; Thread.Sleep(20))
        {
            if (Environment.TickCount64 - start > _longestEnd.TotalMilliseconds)
            {
                throw new InvalidOperationException("Processes live on after one of them was killed.");
            }
        }
    }

    private static Process Start(string launcher, int processes, string[] options) =>
        TrainingProcess.Start([.. launcher.Split(' '), "-n", $"{processes}"], options);
}
