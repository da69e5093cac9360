using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Peers.Memory;
using NeuralNet.Benchmarks.Report;

namespace NeuralNet.Benchmarks.Peers.Rows;

/// <summary>The memory that training needs against what it needs in TorchSharp.</summary>
internal static class MemoryTable
{
    /// <summary>Measures both, each in processes of its own.</summary>
    public static void Measure(PeerBench bench)
    {
        Table table = bench.Report.Add(new(
            "Peak memory of training, 1 thread, each in a process of its own",
            "NeuralNet",
            "TorchSharp",
            unit: Table.Memory));
        Outcome outcome = bench.Comparison.CompareOnce(new MemorySide("ours"), new MemorySide("torch"));
        table.Add(StepMemory.Name, outcome, bar: 1);
    }
}
