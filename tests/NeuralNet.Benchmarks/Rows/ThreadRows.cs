using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Report;
using NeuralNet.Benchmarks.Workloads;
using NeuralNet.Networks;

namespace NeuralNet.Benchmarks.Rows;

/// <summary>A step of training, and a prediction, on two threads against the same on one.</summary>
internal sealed class ThreadRows : ISubject
{
    private const double LeastRatio = 1.8;

    public void Measure(Bench bench)
    {
        if (Environment.ProcessorCount == 1)
        {
            bench.Report.Note("`threads` was left out: there is one processor.");
            return;
        }

        MeasureSteps(bench);
        MeasurePredictions(bench);
    }

    private static void MeasureSteps(Bench bench)
    {
        Table table = bench.Report.Add(new("Training step, 2 threads against 1", "2 threads", "1 thread"));
        foreach (NetworkSizes network in NetworkSizes.TrainedOnThreads)
        {
            foreach (int batchSize in (int[])[128, 512])
            {
                foreach (Algorithm algorithm in Enum.GetValues<Algorithm>())
                {
                    var one = new TrainingCase(network.Name, network.Build(), batchSize, algorithm, threads: 1);
                    var two = new TrainingCase(network.Name, network.Build(), batchSize, algorithm, threads: 2);
                    Outcome outcome = bench.Comparison.Compare(
                        new InProcessSide(() => two.Step()), new InProcessSide(() => one.Step()));
                    table.Add(one.Name, outcome, LeastRatio);
                }
            }
        }
    }

    private static void MeasurePredictions(Bench bench)
    {
        Table table = bench.Report.Add(new("Prediction, 2 threads against 1", "2 threads", "1 thread"));
        foreach (NetworkSizes sizes in NetworkSizes.Predicted)
        {
            Network<float> network = sizes.Build();
            foreach (int samples in (int[])[1, 32, 256, 2048])
            {
                float[] inputs = new Images(seed: samples).Pixels(samples, network.InputSize);
                float[] outputs = new float[samples * network.OutputSize];
                Outcome outcome = bench.Comparison.Compare(
                    new InProcessSide(() => network.Predict(inputs, outputs, threads: 2)),
                    new InProcessSide(() => network.Predict(inputs, outputs)));
                table.Add($"{sizes}, {samples} {(samples == 1 ? "sample" : "samples")}", outcome, bar: null);
            }
        }
    }
}
