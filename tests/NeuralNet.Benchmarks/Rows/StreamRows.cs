using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Report;
using NeuralNet.Benchmarks.Workloads;
using NeuralNet.Networks;

namespace NeuralNet.Benchmarks.Rows;

/// <summary>
/// A stream read step by step, as many steps as a sequence has, against the sequence predicted at once. The stream
/// predicts at each step, the sequence once.
/// </summary>
internal sealed class StreamRows : ISubject
{
    private const double LeastRatio = 1 / 1.5;

    public void Measure(Bench bench)
    {
        Table table = bench.Report.Add(new("Stream against sequence, 1 thread", "step by step", "at once"));
        foreach (SequenceNetwork row in SequenceNetwork.Measured)
        {
            Network<float> network = row.Build();
            var state = new RecurrentState<float>(network);
            float[] sequence = new Images(seed: 1).Pixels(1, network.InputSize);
            float[] outputs = new float[network.OutputSize];
            Outcome outcome = bench.Comparison.Compare(
                new InProcessSide(() =>
                {
                    state.Reset();
                    for (int t = 0; t < row.Steps; t++)
                    {
                        state.Predict(sequence.AsSpan(t * row.Features, row.Features), outputs);
                    }
                }),
                new InProcessSide(() => network.Predict(sequence, outputs)));
            table.Add(row.Name, outcome, LeastRatio);
        }
    }
}
