using BenchmarkDotNet.Attributes;
using NeuralNet.Benchmarks.Workloads;
using NeuralNet.Networks;

namespace NeuralNet.Benchmarks.Suites;

/// <summary>Prediction from memory to memory.</summary>
[MemoryDiagnoser]
public class PredictBenchmarks
{
    private Network<float> _network = null!;
    private float[] _inputs = [];
    private float[] _outputs = [];

    /// <summary>All networks, by their sizes.</summary>
    public static IEnumerable<string> Networks => NetworkSizes.Predicted.Select(network => network.Name);

    /// <summary>The sizes of the network.</summary>
    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    /// <summary>Samples that are predicted at once.</summary>
    [Params(1, 32, 256, 2048)]
    public int Samples { get; set; }

    /// <summary>Most threads that share the work.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>Makes network and samples.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _network = NetworkSizes.Parse(Network).Build();
        _inputs = new Images(seed: 1).Pixels(Samples, _network.InputSize);
        _outputs = new float[Samples * _network.OutputSize];
    }

    /// <summary>Predicts.</summary>
    [Benchmark]
    public void Predict() => _network.Predict(_inputs, _outputs, Threads);
}
