using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Batches;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Samples.CommandLine;
using NeuralNet.Training;

namespace NeuralNet.Soak;

/// <summary>Trains on a stream ten times larger than the heap that the process is allowed.</summary>
internal static class StreamCommand
{
    private const string Limit = "DOTNET_GCHeapHardLimit";
    private const int Features = 4096;
    private const int BatchSize = 256;

    public static Command Create()
    {
        Option<int> limit = OptionKinds.Count("--heap", "Megabytes of heap; the stream is ten times as long.", 64);
        var command = new Command("stream", "Trains on a stream ten times larger than the heap.") { limit };
        command.SetAction(arguments => Run(arguments.GetValue(limit)));
        return command;
    }

    private static int Run(int megabytes)
    {
        if (Environment.GetEnvironmentVariable(Limit) is null)
        {
            return RunLimited(megabytes);
        }

        long heap = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        int batches = (int)(10 * heap / (Features * BatchSize * sizeof(float))) + 1;
        Network<float> network = Network.Create<float>(Features, seed: 1).Dense(16, new ReLU()).Dense(1).Build();
        TrainingHistory history = new Trainer<float>(network, new MeanSquaredError(), new Sgd(1e-4)).Fit(
            BatchSource.From(_ => Batches(batches)), new() { Epochs = 1 });
        long bytes = (long)history.Epochs[0].Samples * Features * sizeof(float);
        Console.WriteLine(
            $"{bytes / 1e6:F0} MB of samples went through a heap of at most {heap / 1e6:F0} MB; loss "
            + $"{history.Epochs[0].Loss:G4}");
        return history.Epochs[0].IsComplete && bytes >= 10 * heap ? 0 : 1;
    }

    private static int RunLimited(int megabytes)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(StreamCommand).Assembly.Location);
        }

        start.ArgumentList.Add("stream");
        start.Environment[Limit] = (megabytes * 1_048_576L).ToString("X", CultureInfo.InvariantCulture);
        using Process child = Process.Start(start)!;
        child.WaitForExit();
        return child.ExitCode;
    }

    private static IEnumerable<Batch<float>> Batches(int count)
    {
        for (int i = 0; i < count; i++)
        {
            int batch = i;
            Matrix<float> inputs = Matrix<float>.Build.Dense(
                Features, BatchSize, (row, column) => ((row + column + batch) % 11) * 0.1f);
            yield return new(inputs, Matrix<float>.Build.Dense(1, BatchSize, 0.5f));
        }
    }
}
