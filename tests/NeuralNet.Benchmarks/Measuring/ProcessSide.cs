using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>A program that is run from start to end.</summary>
/// <param name="program">The program.</param>
/// <param name="threads">What its libraries are told about threads.</param>
/// <param name="arguments">Its arguments.</param>
internal sealed partial class ProcessSide(string program, ThreadSettings threads, IReadOnlyList<string> arguments)
    : ISide
{
    private string _output = "";

    /// <summary>The test accuracy that the last run printed last.</summary>
    public string Accuracy => AccuracyPattern().Matches(_output) is { Count: > 0 } matches
        ? matches[^1].Groups[1].Value
        : throw new PeerException($"'{program} {string.Join(' ', arguments)}' printed no test accuracy.");

    public double Run(int unmeasured, int iterations)
    {
        double seconds = 0;
        for (int i = 0; i < unmeasured + iterations; i++)
        {
            double each = RunOnce();
            seconds += i < unmeasured ? 0 : each;
        }

        return seconds;
    }

    [GeneratedRegex(@"test accuracy ([\d.]+ %)")]
    private static partial Regex AccuracyPattern();

    private double RunOnce()
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        threads.ApplyTo(start);
        try
        {
            long begin = Stopwatch.GetTimestamp();
            using Process process = Process.Start(start)!;
            _output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            return process.ExitCode == 0
                ? seconds
                : throw new PeerException($"'{program} {string.Join(' ', arguments)}' ended with {process.ExitCode}.");
        }
        catch (Win32Exception exception)
        {
            throw new PeerException($"'{program}' cannot be started: {exception.Message}.");
        }
    }
}
