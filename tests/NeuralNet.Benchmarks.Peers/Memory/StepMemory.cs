using System.Globalization;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Peers.Torch;
using NeuralNet.Benchmarks.Workloads;

namespace NeuralNet.Benchmarks.Peers.Memory;

/// <summary>
/// What training takes: parameters, the optimizer's memory, a batch, and all that steps need besides. The library and
/// the runtime are not counted: steps on a single image have loaded and compiled them before.
/// </summary>
internal static class StepMemory
{
    private const int BatchSize = 128;
    private const int Steps = 10;

    /// <summary>The name of what is trained.</summary>
    public static string Name => $"{ImageNetwork.Cifar.Name}, batch {BatchSize}, {Algorithm.Adam}, {Steps} steps";

    /// <summary>Trains in this process and writes the bytes at the peak to the standard output.</summary>
    /// <param name="library">The library that trains.</param>
    /// <exception cref="PeerException">The memory cannot be measured.</exception>
    public static void Run(string library)
    {
        Action<int> train = library == "ours" ? Train : TrainInTorch;
        train(1);
        var peak = new PeakMemory();
        train(BatchSize);
        Console.WriteLine(peak.Bytes.ToString(CultureInfo.InvariantCulture));
    }

    private static void Train(int batchSize)
    {
        TrainingCase training = Case(batchSize);
        for (int step = 0; step < Steps; step++)
        {
            training.Step();
        }
    }

    private static void TrainInTorch(int batchSize)
    {
        TorchLibrary.Use(threads: 1);
        using var training = new TorchTraining(Case(batchSize));
        for (int step = 0; step < Steps; step++)
        {
            training.Step();
        }
    }

    private static TrainingCase Case(int batchSize) => new(
        ImageNetwork.Cifar.Name,
        ImageNetwork.Cifar.Build(),
        batchSize,
        Algorithm.Adam,
        threads: 1,
        samples: batchSize);
}
