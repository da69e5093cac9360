using System.CommandLine;
using System.Numerics;
using NeuralNet.Distributed;
using NeuralNet.Mpi;
using NeuralNet.Samples.CommandLine;

namespace NeuralNet.Soak.Digests;

/// <summary>
/// Whether trainings have the bits that they had before: trains small networks with all that the library has, in float
/// and in double, on 1 and on 2 threads, and compares digests with recorded ones.
/// </summary>
internal static class DigestsCommand
{
    private const int NothingRecorded = 3;

    public static Command Create()
    {
        Option<string?> check = OptionKinds.OptionalName("--check", "A file of recorded lines to compare with.");
        Option<int> every = OptionKinds.Count(
            "--every", "Trains one network of so many, others in float than in double, for slow processors.", 1);
        Option<int> shards = OptionKinds.Count(
            "--shards", "Number of shards of a batch, which processes share; not with --check.", 1);
        var command = new Command(
            "digests",
            "Trains small networks and prints a line for each: the instructions used, and digests of parameters, "
            + "predictions and losses. With --check, exits with 1 if one differs from what is recorded for these "
            + "instructions, and with 3 if nothing is. Under mpirun, with --shards, worker 0 prints what all compute.")
        {
            check, every, shards,
        };
        command.SetAction(arguments => arguments.GetValue(check) is { } path
            ? Check(path, arguments.GetValue(every))
            : Print(arguments.GetValue(every), MpiWorkers.Connect(arguments.GetValue(shards))));
        return command;
    }

    private static int Print(int every, IWorkers workers)
    {
        foreach (DigestLine line in Lines(every, workers))
        {
            if (workers.Rank == 0)
            {
                Console.WriteLine(line);
            }
        }

        return 0;
    }

    private static int Check(string path, int every)
    {
        if (!File.Exists(path))
        {
            Console.Error.WriteLine($"--check: there is no file '{path}'.");
            return CommandLineError.ExitCode;
        }

        List<DigestLine> recorded =
            [.. DigestLine.Read(path).Where(line => line.Instructions == Instructions.Rounding)];
        if (recorded.Count == 0)
        {
            Console.Error.WriteLine($"'{path}' has no digests for {Instructions.Rounding}: nothing is compared.");
            return NothingRecorded;
        }

        Dictionary<string, TrainingDigest> found =
            Lines(every, Workers.Alone()).ToDictionary(line => line.Name, line => line.Digest);
        Dictionary<string, TrainingDigest> expected = recorded.ToDictionary(line => line.Name, line => line.Digest);
        string[] differences =
        [
            .. expected.Keys.Except(found.Keys).Where(_ => every == 1)
                .Select(name => $"{name}: is not trained any more"),
            .. found.Keys.Except(expected.Keys).Select(name => $"{name}: is not recorded"),
            .. found.Keys.Intersect(expected.Keys).Where(name => found[name] != expected[name])
                .Select(name => $"{name}: {Difference(expected[name], found[name])} are not what they were"),
        ];
        foreach (string difference in differences)
        {
            Console.Error.WriteLine(difference);
        }

        Console.WriteLine(differences.Length == 0
            ? $"{Instructions.Name}: {found.Count} trainings have the recorded bits"
            : $"{Instructions.Name}: {differences.Length} of {found.Count} trainings DIFFER from what is recorded");
        return differences.Length == 0 ? 0 : 1;
    }

    private static string Difference(TrainingDigest expected, TrainingDigest found)
    {
        List<string> parts = [];
        AddIf(expected.Parameters != found.Parameters, "parameters");
        AddIf(expected.Predictions != found.Predictions, "predictions");
        AddIf(expected.Losses != found.Losses, "losses");
        return string.Join(", ", parts);

        void AddIf(bool differs, string part)
        {
            if (differs)
            {
                parts.Add(part);
            }
        }
    }

    private static IEnumerable<DigestLine> Lines(int every, IWorkers workers) =>
        [.. Lines<float>("float", every, 0, workers), .. Lines<double>("double", every, every / 2, workers)];

    private static IEnumerable<DigestLine> Lines<T>(string precision, int every, int first, IWorkers workers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        DigestCase<T>[] cases =
            [
                .. LayerCases.All<T>(), .. ImageCases.All<T>(), .. SequenceCases.All<T>(), .. BranchCases.All<T>(),
                .. LossCases.All<T>(), .. OptimizerCases.All<T>(), .. RunCases.All<T>(),
            ];
        foreach (DigestCase<T> one in cases.Where((_, index) => index % every == first))
        {
            TrainingDigest alone = one.Run(new(Threads: 1, workers));
            TrainingDigest shared = one.Run(new(Threads: 2, workers));
            yield return alone == shared
                ? new(Instructions.Rounding, alone, $"{precision}, {one.Name}")
                : throw new InvalidOperationException(
                    $"{precision}, {one.Name}: {Difference(alone, shared)} on 1 thread are not those on 2.");
        }
    }
}
