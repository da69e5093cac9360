using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Peers.Onnx;
using NeuralNet.Benchmarks.Peers.Torch;
using NeuralNet.Benchmarks.Report;
using NeuralNet.Benchmarks.Workloads;
using NeuralNet.Networks;

namespace NeuralNet.Benchmarks.Peers.Rows;

/// <summary>Prediction of one sample, and of a batch of 32, against TorchSharp and ONNX Runtime.</summary>
internal static class PredictTables
{
    private const double Tolerance = 1e-4;

    private delegate IPrediction Peer(Network<float> network, float[] inputs, int threads);

    /// <summary>Measures each peer, size of a batch and number of threads in a table of its own.</summary>
    public static void Measure(PeerBench bench)
    {
        IReadOnlyList<MeasuredNetwork> others = bench.Chosen([.. MeasuredNetwork.Images, .. MeasuredNetwork.Dense]);
        IReadOnlyList<MeasuredNetwork> sequences = bench.Chosen(MeasuredNetwork.Sequences);
        Measure(bench, others, "ONNX Runtime", OpenSession, 1, threads: 1, mean: 1, least: 0.85);
        foreach (int threads in bench.Threads())
        {
            Measure(bench, others, "ONNX Runtime", OpenSession, 32, threads, mean: 1, least: 0.9);
        }

        foreach (int samples in (int[])[1, 32])
        {
            Measure(bench, sequences, "ONNX Runtime", OpenSession, samples, threads: 1, mean: 1.1, least: 0.85);
        }

        bench.Report.Peer("TorchSharp", TorchLibrary.Use(threads: 1));
        Measure(bench, others, "TorchSharp", OpenModule, 1, threads: 1, mean: 3, least: 3);
        Measure(bench, [.. others, .. sequences], "TorchSharp", OpenModule, 32, threads: 1);
        Measure(bench, sequences, "TorchSharp", OpenModule, 1, threads: 1);
    }

    private static OnnxPrediction OpenSession(Network<float> network, float[] inputs, int threads) =>
        new(network, inputs, threads);

    private static TorchPrediction OpenModule(Network<float> network, float[] inputs, int threads) =>
        new(network, inputs);

    private static void Measure(
        PeerBench bench,
        IReadOnlyList<MeasuredNetwork> networks,
        string name,
        Peer peer,
        int samples,
        int threads,
        double? mean = null,
        double? least = null)
    {
        if (networks.Count == 0)
        {
            return;
        }

        Table table = bench.Report.Add(new(
            $"Prediction of {(samples == 1 ? "one sample" : $"{samples} samples")}, {PeerBench.Text(threads)}, "
            + $"against {name}",
            "NeuralNet",
            name,
            mean));
        foreach (MeasuredNetwork measured in networks)
        {
            Network<float> network = measured.Build();
            float[] inputs = new Images(seed: samples).Pixels(samples, network.InputSize);
            float[] outputs = new float[samples * network.OutputSize];
            using IPrediction prediction = peer(network, inputs, threads);

            network.Predict(inputs, outputs);
            Agreement.Require(
                $"The outputs of {measured.Name} in {name}",
                ToDouble(outputs),
                ToDouble(prediction.Outputs()),
                Tolerance);
            Outcome outcome = bench.Comparison.Compare(
                new InProcessSide(() => network.Predict(inputs, outputs, threads)), new InProcessSide(prediction.Run));
            table.Add(measured.Name, outcome, least);
        }
    }

    private static double[] ToDouble(float[] values) => Array.ConvertAll(values, value => (double)value);
}
