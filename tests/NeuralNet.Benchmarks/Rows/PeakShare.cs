using System.Globalization;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Report;
using NeuralNet.Benchmarks.Workloads;

namespace NeuralNet.Benchmarks.Rows;

/// <summary>Work on one thread as a share of the core's peak: against as many multiply-adds in registers.</summary>
internal static class PeakShare
{
    /// <summary>The name of the other side.</summary>
    public const string Peer = "as many FMAs in registers";

    /// <summary>Measures work and adds it to a table.</summary>
    /// <param name="bench">The tools to measure with.</param>
    /// <param name="table">The table.</param>
    /// <param name="name">The name of the work.</param>
    /// <param name="operations">Its floating-point operations.</param>
    /// <param name="work">The work.</param>
    /// <param name="bar">The least share it should have, if any.</param>
    public static void Measure(
        Bench bench, Table table, string name, double operations, Action work, double? bar = null)
    {
        Outcome outcome = bench.Comparison.Compare(
            new InProcessSide(work), new InProcessSide(() => FmaPeak.Run(operations)));
        string point = string.Create(
            CultureInfo.InvariantCulture,
            $"{name}, {operations / outcome.Ours / 1e9:F1} of {operations / outcome.Peers / 1e9:F1} GFLOP/s");
        table.Add(point, outcome, bar);
    }
}
