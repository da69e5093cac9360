using System.Diagnostics;
using System.Globalization;

namespace NeuralNet.Benchmarks.Measuring;

/// <summary>The settings of threads in the environment of a peer's libraries.</summary>
/// <param name="OpenMP">Threads of OpenMP, and of the peer itself.</param>
/// <param name="OpenBlas">Threads of OpenBLAS, which has its own and knows nothing of OpenMP's.</param>
/// <param name="WaitPolicy">Spinning or sleeping of OpenMP's threads between two tasks; their default if null.</param>
internal sealed record ThreadSettings(int OpenMP, int OpenBlas, string? WaitPolicy = null)
{
    /// <summary>The calling thread alone.</summary>
    public static ThreadSettings One { get; } = new(1, 1);

    /// <summary>
    /// All settings worth trying. OpenMP's and OpenBLAS's threads spin at the same time, more of them than there are
    /// processors; which setting is best depends on the point, so each point takes the best one.
    /// </summary>
    public static IReadOnlyList<ThreadSettings> For(int threads) => threads == 1
        ? [One]
        : [new(threads, threads), new(threads, threads, "passive"), new(threads, 1), new(threads, 1, "passive")];

    /// <summary>Adds them to the environment of a process.</summary>
    public void ApplyTo(ProcessStartInfo start)
    {
        start.Environment["OMP_NUM_THREADS"] = OpenMP.ToString(CultureInfo.InvariantCulture);
        start.Environment["OPENBLAS_NUM_THREADS"] = OpenBlas.ToString(CultureInfo.InvariantCulture);
        if (WaitPolicy is not null)
        {
            start.Environment["OMP_WAIT_POLICY"] = WaitPolicy;
        }
    }
}
