using BenchmarkDotNet.Attributes;
using NeuralNet.Benchmarks.Workloads;

namespace NeuralNet.Benchmarks.Suites;

/// <summary>A step of training.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private TrainingCase _training = null!;

    /// <summary>All networks, by their sizes.</summary>
    public static IEnumerable<string> Networks => NetworkSizes.Trained.Select(network => network.Name);

    /// <summary>The sizes of the network.</summary>
    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    /// <summary>Samples per step.</summary>
    [Params(10, 32, 128, 512)]
    public int Batch { get; set; }

    /// <summary>The rule that updates the parameters.</summary>
    [ParamsAllValues]
    public Algorithm Optimizer { get; set; }

    /// <summary>Threads that share the work.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes network and data.</summary>
    [GlobalSetup]
    public void SetUp() => _training = new(Network, NetworkSizes.Parse(Network).Build(), Batch, Optimizer, Threads);

    /// <summary>Makes a step.</summary>
    /// <returns>The loss.</returns>
    [Benchmark]
    public double Step() => _training.Step();
}
