using System.CommandLine;
using System.Diagnostics;
using NeuralNet.Fuzz.Scale;
using NeuralNet.Samples.CommandLine;

namespace NeuralNet.Fuzz;

/// <summary>
/// The long run of the fuzzer, whose short one is among the tests:
/// <c>dotnet run -c Release --project tests/NeuralNet.Fuzz -- --format safetensors --cases 1000000 --seed 1</c>.
/// Exits with 1 if there are findings, which are written to the folder <c>--output</c>, and with 2 if an option is
/// wrong.
/// </summary>
internal static class Program
{
    private const int MostWritten = 20;

    public static int Main(string[] args) => Run(args, Console.Error);

    /// <summary>Reads the command line and runs; an error becomes one line and an exit code.</summary>
    internal static int Run(string[] args, TextWriter error)
    {
        Option<string> format = OptionKinds.RequiredChoice(
            "--format", "The format of the files.", Formats.All.Select(each => each.Name));
        Option<long> cases = OptionKinds.WholeNumber(
            "--cases", "Number of files to read.", fallback: 100_000, least: 1, most: long.MaxValue);
        Option<int> seed = OptionKinds.Seed("--seed", "The seed of the files.", 1);
        Option<long> first = OptionKinds.WholeNumber(
            "--first", "The number of the first file, to see one again.", fallback: 0, least: 0, most: long.MaxValue);
        Option<string?> output = OptionKinds.OptionalName(
            "--output", "A folder for the files that were treated wrongly.", "DIR");
        var reasons = new Option<bool>("--reasons") { Description = "Show the reasons for which files were refused." };
        var command = new RootCommand("Gives readers damaged files.") { format, cases, seed, first, output, reasons };
        command.SetAction(values => Run(
            Formats.Get(values.GetRequiredValue(format)),
            values.GetValue(cases),
            values.GetValue(seed),
            values.GetValue(first),
            values.GetValue(output),
            values.GetValue(reasons)));
        Option<int> length = OptionKinds.WholeNumber(
            "--length", "Bytes of a file.", fallback: 4_000_000, least: 1, most: int.MaxValue);
        var scale = new Command("scale", "Gives readers files that hold far too much of one thing.") { length };
        scale.SetAction(values => RunScale(values.GetValue(length)));
        command.Add(scale);
        ParseResult arguments = command.Parse(args);
        if (CommandLineError.Of(arguments) is { } wrong)
        {
            error.WriteLine(wrong);
            return CommandLineError.ExitCode;
        }

        return arguments.Invoke();
    }

    private static int RunScale(int length)
    {
        bool isAllowed = true;
        foreach (ScaleCase one in ScaleCases.All)
        {
            ScaleRun run = ScaleRun.Measure(one, length);
            isAllowed &= run.Share <= 1;
            Console.WriteLine(
                $"{one,-40} {run.Length,12} bytes took {run.Allocated / (double)run.Length,5:F1} times as many, "
                + $"{run.Share,4:P0} of those allowed, and {run.Time.TotalSeconds:F2} s");
        }

        return isAllowed ? 0 : 1;
    }

    private static int Run(IFuzzFormat format, long cases, int seed, long first, string? output, bool showReasons)
    {
        var watch = Stopwatch.StartNew();
        FuzzReport report = Fuzzer.Run(format, cases, seed, first, done =>
        {
            if (done % 50_000 == 0)
            {
                Console.WriteLine($"{done} of {cases}, {watch.Elapsed.TotalSeconds:F0} s");
            }
        });
        foreach (FuzzFinding finding in report.Findings.Take(MostWritten))
        {
            Console.WriteLine($"case {finding.Case}: {finding.What}");
            if (output is not null)
            {
                Directory.CreateDirectory(output);
                File.WriteAllBytes(Path.Combine(output, $"{format.Name}-{seed}-{finding.Case}"), finding.File);
            }
        }

        if (showReasons)
        {
            Console.WriteLine(string.Join('\n', report.Reasons.Order(StringComparer.Ordinal)));
        }

        Console.WriteLine(
            $"{format.Name}, seed {seed}, cases {first} to {first + cases - 1}: {report.Accepted} accepted, "
            + $"{report.Refused} refused for {report.Reasons.Count} reasons, {report.Findings.Count} findings; at most "
            + $"{report.LargestShare:P0} of the memory allowed; {watch.Elapsed.TotalSeconds:F0} s");
        return report.Findings.Count == 0 ? 0 : 1;
    }
}
