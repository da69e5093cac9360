using System.Diagnostics;
using System.Globalization;
using NeuralNet.Benchmarks.Measuring;

namespace NeuralNet.Benchmarks.Peers.Memory;

/// <summary>A side whose memory is measured, by this program in another process.</summary>
/// <param name="library">The library that trains.</param>
internal sealed class MemorySide(string library) : ISide
{
    /// <summary>The command of the other process.</summary>
    public const string Command = "memory";

    public double Run(int unmeasured, int iterations)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(MemorySide).Assembly.Location, Command, library])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new PeerException($"the process that measures the memory of '{library}' failed.");
    }
}
