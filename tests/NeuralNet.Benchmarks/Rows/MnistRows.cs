using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Report;

namespace NeuralNet.Benchmarks.Rows;

/// <summary>The MNIST sample against the same program in PyTorch, each as a whole process.</summary>
internal sealed class MnistRows : ISubject
{
    private const double LeastRatio = 3;

    public void Measure(Bench bench)
    {
        if (bench.Options.Data is not { } data)
        {
            throw new PeerException("neither --data nor NEURALNET_MNIST names the folder with the MNIST files.");
        }

        if (!File.Exists(bench.Options.Sample))
        {
            throw new PeerException(
                $"there is no '{bench.Options.Sample}'; build it by 'dotnet build -c Release samples/Mnist'.");
        }

        int epochs = bench.Options.Quick ? 2 : 5;
        string title = $"MNIST, whole process: 784-128-10, batch 64, Adam 0.003, cosine, {epochs} epochs";
        Table table = bench.Report.Add(new(title, "NeuralNet", "PyTorch"));
        foreach (int threads in (int[])[1, 2])
        {
            if (threads > Environment.ProcessorCount)
            {
                bench.Report.Note("`mnist` with 2 threads was left out: there is one processor.");
                continue;
            }

            string[] shared =
            [
                "--data", data, "--hidden", "128", "--batch-size", "64", "--optimizer", "adam",
                "--learning-rate", "0.003", "--epochs", $"{epochs}", "--threads", $"{threads}",
            ];
            var ours = new ProcessSide(
                "dotnet", ThreadSettings.One, [bench.Options.Sample, .. shared, .. SampleSchedule(bench)]);
            ProcessSide torch = FastestTorch(bench, threads, [.. shared, "--schedule", "cosine"]);
            Outcome outcome = bench.Comparison.CompareOnce(ours, torch);
            string accuracies = $"test accuracy {ours.Accuracy} against {torch.Accuracy}";
            table.Add($"{threads} {(threads == 1 ? "thread" : "threads")}; {accuracies}", outcome, LeastRatio);
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

    private static string[] SampleSchedule(Bench bench)
    {
        var help = new ProcessSide("dotnet", ThreadSettings.One, [bench.Options.Sample, "--help"]);
        help.Run(0, 1);
        if (help.Output.Contains("--schedule", StringComparison.Ordinal))
        {
            return ["--schedule", "cosine"];
        }

        bench.Report.Note("The sample has no option `--schedule`; it has the schedule that it is built with.");
        return [];
    }
}
