using NeuralNet.Training;

namespace NeuralNet.Reports.Tests;

/// <summary>What a report costs a step.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void A_step_with_a_report_allocates_nothing_for_it()
    {
        var measured = new Measured(new HtmlReport<float>(path: null, new() { Interval = TimeSpan.FromHours(1) }));
        Runs.Classifier().Fit(Runs.Rings, new() { Epochs = 6, BatchSize = 1, Callbacks = [measured] });

        // The first epoch warms up; within the others steps are looked at and passed over in turn.
        measured.Allocated.Skip(120).Should().HaveCount(600).And.OnlyContain(bytes => bytes == 0);
    }

    private sealed class Measured(HtmlReport<float> report) : ITrainingCallback<float>
    {
        public List<long> Allocated { get; } = new(720);

        public void OnTrainingStart(TrainingContext<float> context) => report.OnTrainingStart(context);

        public void OnEpochStart(TrainingContext<float> context) => report.OnEpochStart(context);

        public void OnBatchEnd(TrainingContext<float> context)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            report.OnBatchEnd(context);
            Allocated.Add(GC.GetAllocatedBytesForCurrentThread() - before);
        }

        public void OnEpochEnd(TrainingContext<float> context, EpochResult result) =>
            report.OnEpochEnd(context, result);
    }
}
