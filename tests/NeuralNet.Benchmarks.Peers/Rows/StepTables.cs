using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Peers.Torch;
using NeuralNet.Benchmarks.Report;
using NeuralNet.Benchmarks.Workloads;
using NeuralNet.Layers;

namespace NeuralNet.Benchmarks.Peers.Rows;

/// <summary>A step of training with Adam against TorchSharp's, on as many threads.</summary>
internal static class StepTables
{
    private const int StepsThatAgree = 3;

    /// <summary>
    /// Measures images, dense and recurrent networks, each in a table of its own for each number of threads.
    /// </summary>
    public static void Measure(PeerBench bench)
    {
        foreach (int threads in bench.Threads())
        {
            bench.Report.Peer("TorchSharp", TorchLibrary.Use(threads));
            (double mean, double least) = threads == 1 ? (2.0, 1.4) : (1.8, 1.2);
            Measure(bench, "images", MeasuredNetwork.Images, threads, mean, least);
            Measure(bench, "dense layers", MeasuredNetwork.Dense, threads, mean, least);
            (mean, least) = threads == 1 ? (1.8, 1.0) : (1.6, 0.95);
            Measure(bench, "recurrent layers", MeasuredNetwork.Sequences, threads, mean, least);
        }
    }

    private static void Measure(
        PeerBench bench, string kind, IReadOnlyList<MeasuredNetwork> networks, int threads, double mean, double least)
    {
        if (bench.Chosen(networks) is not { Count: > 0 } chosen)
        {
            return;
        }

        Table table = bench.Report.Add(
            new($"Training step, {kind}, {PeerBench.Text(threads)}", "NeuralNet", "TorchSharp", mean));
        foreach (MeasuredNetwork network in chosen)
        {
            foreach (int batchSize in network.Batches)
            {
                var training = new TrainingCase(network.Name, network.Build(), batchSize, Algorithm.Adam, threads);
                using var torch = new TorchTraining(training);
                RequireAgreement(training, torch);
                Outcome outcome = bench.Comparison.Compare(
                    new InProcessSide(() => training.Step()), new InProcessSide(() => torch.Step()));
                table.Add(training.Name, outcome, least);
            }
        }
    }

    /// <summary>
    /// The first losses show that both compute the same, but not those with dropout, which draws other numbers; there,
    /// the predictions show it (<see cref="PredictTables"/>).
    /// </summary>
    private static void RequireAgreement(TrainingCase training, TorchTraining torch)
    {
        double[] ours = [.. Enumerable.Range(0, StepsThatAgree).Select(_ => training.Step())];
        double[] theirs = [.. Enumerable.Range(0, StepsThatAgree).Select(_ => torch.Step())];
        if (!training.Network.Layers.Any(layer => layer is Dropout<float>))
        {
            Agreement.Require($"The first losses at {training.Name}", ours, theirs, tolerance: 1e-3);
        }
    }
}
