using System.Globalization;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Report;

namespace NeuralNet.Benchmarks.Rows;

/// <summary>The MNIST sample against the same program in PyTorch, each as a whole process.</summary>
internal sealed class MnistRows : ISubject
{
    private const double LeastRatio = 3;

    // The sample's own settings, the default batch size of Keras, and plain gradient descent, which needs small
    // batches.
    private static readonly Recipe[] _recipes = [new("adam", 0.003, 64), new("adam", 0.002, 32), new("sgd", 0.2, 16)];

    public void Measure(Bench bench)
    {
        if (bench.Options.Data is not { } data)
        {
            throw new PeerException("neither --data nor NEURALNET_MNIST names the folder with the MNIST files.");
        }

        if (!File.Exists(bench.Options.Sample))
        {
            throw new PeerException(
                $"there is no '{bench.Options.Sample}'; build it by 'dotnet build -c Release samples/Digits'.");
        }

        int epochs = bench.Options.Quick ? 2 : 5;
        Table table = bench.Report.Add(
            new($"MNIST, whole process: 784-128-10, cosine, {epochs} epochs", "NeuralNet", "PyTorch"));
        foreach (int threads in (int[])[1, 2])
        {
            if (threads > Environment.ProcessorCount)
            {
                bench.Report.Note("`mnist` with 2 threads was left out: there is one processor.");
                continue;
            }

            foreach (Recipe recipe in _recipes)
            {
                string[] shared =
                [
                    "--data", data, "--hidden", "128", "--schedule", "cosine", "--epochs", $"{epochs}", "--threads",
                    $"{threads}",
                    "--batch-size", $"{recipe.BatchSize}", "--optimizer", recipe.Optimizer,
                    "--learning-rate", recipe.LearningRate.ToString(CultureInfo.InvariantCulture),
                ];
                var ours = new ProcessSide("dotnet", ThreadSettings.One, [bench.Options.Sample, .. shared]);
                ProcessSide torch = FastestTorch(bench, threads, shared);
                Outcome outcome = bench.Comparison.CompareOnce(ours, torch);
                string accuracies = $"test accuracy {ours.Accuracy} against {torch.Accuracy}";
                table.Add(
                    $"{recipe}, {threads} {(threads == 1 ? "thread" : "threads")}; {accuracies}", outcome, LeastRatio);
            }
        }
    }

    /// <summary>PyTorch with the setting of threads that makes one epoch fastest.</summary>
    private static ProcessSide FastestTorch(Bench bench, int threads, string[] arguments)
    {
        ProcessSide Torch(ThreadSettings settings, params string[] more) =>
            new(bench.Options.Python, settings, [ProjectFolder.Peer("mnist.py"), .. arguments, .. more]);

        IReadOnlyList<ThreadSettings> settings = ThreadSettings.For(threads);
        return Torch(
            settings.Count == 1
                ? settings[0]
                : settings.MinBy(candidate => Torch(candidate, "--epochs", "1").Run(0, 1))!);
    }

    private sealed record Recipe(string Optimizer, double LearningRate, int BatchSize)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{Optimizer} {LearningRate}, batch {BatchSize}");
    }
}
