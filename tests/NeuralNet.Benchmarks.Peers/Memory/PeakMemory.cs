using System.Diagnostics;
using NeuralNet.Benchmarks.Measuring;

namespace NeuralNet.Benchmarks.Peers.Memory;

/// <summary>The most physical memory that this process has had since a moment, beyond what it had then.</summary>
internal sealed class PeakMemory
{
    // "5" sets the peak, VmHWM, to the present size (proc(5)).
    private const string References = "/proc/self/clear_refs";

    private readonly long _before;

    /// <summary>Begins now.</summary>
    /// <exception cref="PeerException">The system does not tell.</exception>
    public PeakMemory()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new PeerException("peaks of memory are measured on Linux only.");
        }

        GC.Collect();
        File.WriteAllText(References, "5");
        using var process = Process.GetCurrentProcess();
        _before = process.WorkingSet64;
    }

    /// <summary>Bytes at the peak, beyond those at the beginning.</summary>
    public long Bytes
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64 - _before;
        }
    }
}
