using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NeuralNet.Fuzz;

/// <summary>
/// Gives a reader one file after another and checks that it accepts or refuses each, with the right exception, a
/// message that names the file, and in the memory and time that the file's length allows.
/// </summary>
internal static partial class Fuzzer
{
    private const string FileName = "fuzzed-file";

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(20);

    /// <summary>Runs cases; each follows from the seed and its own number alone.</summary>
    /// <param name="format">The format.</param>
    /// <param name="cases">Number of cases.</param>
    /// <param name="seed">The seed of the cases.</param>
    /// <param name="first">The number of the first.</param>
    /// <param name="progress">Told the number of every case that is done.</param>
    public static FuzzReport Run(
        IFuzzFormat format, long cases, int seed, long first = 0, Action<long>? progress = null)
    {
        List<FuzzFinding> findings = [];
        var reasons = new HashSet<string>(StringComparer.Ordinal);
        long accepted = 0;
        double largest = 0;

        // Once without counting, so that one-time allocations do not count for the first file.
        for (long number = first - 2; number < first + cases; number++)
        {
            var random = new Random(HashOf(seed, number));
            byte[] file = format.Make(random);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long began = Stopwatch.GetTimestamp();
            string? wrong = Read(format, file, random, out string? reason);
            double made = GC.GetAllocatedBytesForCurrentThread() - allocated;
            double share = made / format.AllocationLimit(file.Length);
            TimeSpan time = Stopwatch.GetElapsedTime(began);
            if (number < first)
            {
                continue;
            }

            wrong ??= share > 1 ? $"{file.Length} bytes took {share:F1} times the memory they may." : null;
            wrong ??= time > _longest ? $"{file.Length} bytes took {time}." : null;
            largest = Math.Max(largest, share);
            if (wrong is not null)
            {
                findings.Add(new(number, wrong, file));
            }
            else if (reason is null)
            {
                accepted++;
            }
            else
            {
                reasons.Add(Particular().Replace(reason, "…"));
            }

            progress?.Invoke(number - first + 1);
        }

        return new(cases, accepted, reasons, largest, findings);
    }

    private static string? Read(IFuzzFormat format, byte[] file, Random random, out string? reason)
    {
        reason = null;
        try
        {
            format.Read(file, FileName, random);
            return null;
        }
        catch (InvalidDataException exception)
        {
            reason = exception.Message;
            return exception.Message.Contains(FileName, StringComparison.Ordinal)
                ? MessageCheck.Fault(exception)
                : $"A message does not name the file: {exception}";
        }
#pragma warning disable CA1031 // Every other exception is what is looked for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception.ToString();
        }
    }

    // The parts in which two messages with the same meaning differ: quotations, numbers, positions.
    [GeneratedRegex(
        """'[^']*'|"[^"]*"|layers[][.\w]*|\([^)]*\)|but found .*|[-\d]+|(made|read): .*""",
        RegexOptions.Singleline)]
    private static partial Regex Particular();

    // HashCode differs from process to process.
    private static int HashOf(int seed, long number)
    {
        ulong mixed = ((ulong)(uint)seed << 32) ^ ((ulong)number * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        return (int)(mixed >> 33);
    }
}
