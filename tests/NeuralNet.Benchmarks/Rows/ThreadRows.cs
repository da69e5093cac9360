using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Report;
using NeuralNet.Benchmarks.Workloads;

namespace NeuralNet.Benchmarks.Rows;

/// <summary>A step of training on two threads against the same on one.</summary>
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
}
