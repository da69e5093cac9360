using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Benchmarks.Report;

/// <summary>The machine on which the figures were measured, and the time.</summary>
internal static class Machine
{
    /// <summary>Lines about processor, system and runtime.</summary>
    public static IEnumerable<string> Describe()
    {
        string today = DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        yield return $"date: {today} UTC";
        yield return $"processor: {Processor()}, {Environment.ProcessorCount} cores, vectors of {VectorBits()} bits";
        yield return $"system: {RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}";
        yield return $"runtime: {RuntimeInformation.FrameworkDescription}";
    }

    private static int VectorBits() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    private static string Processor()
    {
        const string Path = "/proc/cpuinfo";
        IEnumerable<string> lines = File.Exists(Path) ? File.ReadLines(Path) : [];
        string? line = lines.FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal));
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? "unknown";
    }
}
