using System.Diagnostics;
using System.Globalization;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>
/// The load of other programs during the run: nothing else should run during a measurement. Known on Linux only, from
/// the clocks in <c>/proc</c>.
/// </summary>
internal sealed class OtherPrograms
{
    private const string AllProcessors = "/proc/stat";
    private const string ThisProcess = "/proc/self/stat";

    // The unit of both files, the same on all common systems.
    private const double TicksPerSecond = 100;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double _startSeconds = OthersSeconds();

    /// <summary>Number of processors that they have used on average since the start; null if unknown.</summary>
    public double? Processors => OperatingSystem.IsLinux()
        ? Math.Max(0, OthersSeconds() - _startSeconds) / Stopwatch.GetElapsedTime(_start).TotalSeconds
        : null;

    private static double OthersSeconds() => OperatingSystem.IsLinux() ? (AllTicks() - OwnTicks()) / TicksPerSecond : 0;

    // cpu user nice system idle iowait irq softirq steal: all but idle and iowait.
    private static double AllTicks()
    {
        double[] ticks = Numbers(File.ReadLines(AllProcessors).First()["cpu".Length..]);
        return ticks.Take(8).Sum() - ticks[3] - ticks[4];
    }

    // After the name in parentheses, from the state on: this process is 11 and 12, its ended children 13 and 14.
    private static double OwnTicks()
    {
        string text = File.ReadAllText(ThisProcess);
        double[] numbers = Numbers(text[(text.LastIndexOf(')') + " S ".Length)..]);
        return numbers[10..14].Sum();
    }

    private static double[] Numbers(string text) => Array.ConvertAll(
        text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries),
        number => double.Parse(number, CultureInfo.InvariantCulture));
}
