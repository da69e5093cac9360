using System.Text.Json.Nodes;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Report;
using NeuralNet.Benchmarks.Workloads;
using NeuralNet.Networks;

namespace NeuralNet.Benchmarks.Rows;

/// <summary>Prediction on one thread against PyTorch and ONNX Runtime.</summary>
/// <remarks>
/// ONNX Runtime is called in two ways: by Node.js, as its package is meant to be used, and through its C interface,
/// which adds next to nothing to a call.
/// </remarks>
internal sealed class PredictRows : ISubject
{
    private const double Tolerance = 1e-4;

    public void Measure(Bench bench)
    {
        using PeerProcess torch = bench.StartTorch(ThreadSettings.One);
        MeasureAgainst(bench, "PyTorch", torch, torch, [1]);
        TryMeasureAgainst(bench, "ONNX Runtime (Node.js)", torch, () => bench.StartNode("onnx_peer.js"));
        TryMeasureAgainst(
            bench,
            "ONNX Runtime (C interface)",
            torch,
            () => bench.StartPython(
                "onnx_peer.py", ThreadSettings.One, ProjectFolder.Peer("node_modules", "onnxruntime-node", "bin")));
    }

    private static void TryMeasureAgainst(Bench bench, string name, PeerProcess torch, Func<PeerProcess> start)
    {
        try
        {
            using PeerProcess peer = start();
            MeasureAgainst(bench, name, torch, peer, [1, 32, 256]);
        }
        catch (PeerException exception)
        {
            bench.Report.Note($"`predict` against {name} was left out, from here on: {exception.Message}");
        }
    }

    private static void MeasureAgainst(
        Bench bench, string name, PeerProcess torch, PeerProcess peer, int[] sampleCounts)
    {
        Table table = bench.Report.Add(new($"Prediction, 1 thread, against {name}", "NeuralNet", name));
        foreach (int samples in sampleCounts)
        {
            foreach (NetworkSizes sizes in NetworkSizes.Predicted)
            {
                Network<float> network = sizes.Build();
                float[] inputs = new Images(seed: samples).Pixels(samples, network.InputSize);
                float[] outputs = new float[samples * network.OutputSize];
                JsonObject request = new()
                {
                    ["command"] = "predict",
                    ["sizes"] = new JsonArray([.. sizes.Sizes]),
                    ["parameters"] = ParameterFile.Write(bench.Files, network),
                    ["inputs"] = bench.Files.Write<float>("inputs", inputs),
                    ["model"] = bench.Files.PathOf("model.onnx"),
                };
                if (peer != torch)
                {
                    JsonNode export = request.DeepClone();
                    export["command"] = "export";
                    torch.Ask(export.AsObject());
                }

                JsonObject answer = peer.Ask(request);
                network.Predict(inputs, outputs);
                string point = $"{sizes}, {samples} {(samples == 1 ? "sample" : "samples")}";
                double[] expected = Array.ConvertAll(outputs, value => (double)value);
                Agreement.Require($"The outputs at {point}", expected, answer["outputs"], Tolerance);

                Outcome outcome = bench.Comparison.Compare(
                    new InProcessSide(() => network.Predict(inputs, outputs)), new PeerSide(peer));
                table.Add(point, outcome, samples == 1 && sizes.Sizes.Count == 3 ? 3 : 1.1);
            }
        }
    }
}
