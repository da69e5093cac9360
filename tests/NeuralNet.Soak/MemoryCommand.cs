using System.CommandLine;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Samples.CommandLine;
using NeuralNet.Training;

namespace NeuralNet.Soak;

/// <summary>Checks that memory stays constant over many steps of Fit with metrics and progress.</summary>
internal static class MemoryCommand
{
    // The memory that the runtime itself may take and release; a leak of 10 bytes a step would be 1 MB over 100,000
    // steps.
    private const long MostGrowth = 1 << 20;

    public static Command Create()
    {
        Option<long> steps = OptionKinds.WholeNumber(
            "--steps", "Number of steps.", fallback: 100_000, least: 10, most: long.MaxValue);
        var command = new Command(
            "memory", "Trains for many steps and compares the memory in use with that after a tenth of them.")
            {
                steps,
            };
        command.SetAction(arguments => Run(arguments.GetValue(steps)));
        return command;
    }

    private static int Run(long steps)
    {
        Network<float> network = Network.Create<float>(32, seed: 1).Dense(32, new ReLU()).Dropout(0.1).Dense(4).Build();
        DataSet<float> data = DataSet.FromLabels(
            Matrix<float>.Build.Random(32, 3200, 1), Enumerable.Range(0, 3200).Select(j => j % 4).ToArray(), 4);
        var watch = new Watch(steps / 10);
        new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam()).Fit(data, new()
        {
            Steps = steps,
            Metrics = [new Accuracy()],
            Progress = watch,
            ProgressInterval = TimeSpan.Zero,
        });
        long end = GC.GetTotalMemory(forceFullCollection: true);
        Console.WriteLine($"{watch.AtATenth:N0} bytes in use after a tenth of {steps:N0} steps, {end:N0} at the end");
        return end - watch.AtATenth <= MostGrowth ? 0 : 1;
    }

    private sealed class Watch(long tenth) : IProgress<TrainingProgress>
    {
        private long _reports;

        public long AtATenth { get; private set; }

        public void Report(TrainingProgress value)
        {
            if (++_reports == tenth)
            {
                AtATenth = GC.GetTotalMemory(forceFullCollection: true);
            }
        }
    }
}
