using System.Text.Json.Nodes;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Report;
using NeuralNet.Benchmarks.Workloads;

namespace NeuralNet.Benchmarks.Rows;

/// <summary>A step of training against PyTorch's, with as many threads on both sides.</summary>
internal sealed class StepRows : ISubject
{
    private const double LeastRatio = 1.1;
    private const int StepsThatAgree = 3;

    public void Measure(Bench bench)
    {
        Measure(bench, threads: 1, meanBar: 2.0);
        if (Environment.ProcessorCount > 1)
        {
            Measure(bench, threads: 2, meanBar: 2.5);
        }
        else
        {
            bench.Report.Note("`step` with 2 threads was left out: there is one processor.");
        }
    }

    private static void Measure(Bench bench, int threads, double meanBar)
    {
        using PeerTeam team = bench.StartTorchTeam(threads);
        string title = $"Training step, {threads} {(threads == 1 ? "thread" : "threads")}";
        Table table = bench.Report.Add(new(title, "NeuralNet", "PyTorch", meanBar));
        foreach (NetworkSizes network in NetworkSizes.Trained)
        {
            foreach (int batchSize in (int[])[10, 32, 128, 512])
            {
                foreach (Algorithm algorithm in Enum.GetValues<Algorithm>())
                {
                    var training = new TrainingCase(network.Name, network.Build(), batchSize, algorithm, threads);
                    double[] losses = WriteAndStep(training, bench.Files);
                    ISide torch = team.Fastest(
                        bench.Comparison, process => SetUp(process, network, training, losses, bench.Files));
                    Outcome outcome = bench.Comparison.Compare(new InProcessSide(() => training.Step()), torch);
                    table.Add(training.Name, outcome, LeastRatio);
                }
            }
        }
    }

    /// <summary>Writes parameters and batches to files, then makes the first steps.</summary>
    /// <returns>The losses of those steps.</returns>
    private static double[] WriteAndStep(TrainingCase training, TemporaryFolder files)
    {
        ParameterFile.Write(files, training.Network);
        training.Write(files);
        return [.. Enumerable.Range(0, StepsThatAgree).Select(_ => training.Step())];
    }

    /// <summary>Gives PyTorch the same parameters and batches and compares its first losses with ours.</summary>
    private static void SetUp(
        PeerProcess torch, NetworkSizes network, TrainingCase training, double[] losses, TemporaryFolder files)
    {
        JsonObject answer = torch.Ask(new()
        {
            ["command"] = "step",
            ["sizes"] = new JsonArray([.. network.Sizes]),
            ["parameters"] = files.PathOf(ParameterFile.Name),
            ["inputs"] = files.PathOf(TrainingCase.InputsFile),
            ["labels"] = files.PathOf(TrainingCase.LabelsFile),
            ["batch_size"] = training.BatchSize,
            ["optimizer"] = training.Algorithm.ToString(),
            ["learning_rate"] = training.LearningRate,
            ["steps"] = StepsThatAgree,
        });
        Agreement.Require($"The first losses at {training.Name}", losses, answer["losses"], tolerance: 1e-3);
    }
}
