using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;
using NeuralNet.Samples.Digits;
using NeuralNet.Training;

namespace NeuralNet.Samples.Tests;

public class RunResultTests
{
    private static readonly MnistData _generated = MnistData.Of(GeneratedDigits.Create(10, 10, seed: 1));

    [Fact]
    public void The_last_line_has_two_decimals_and_both_counts()
    {
        RunResult result = ResultOf(_generated with { Name = "MNIST" }, correct: 2, count: 3);

        result.LastLine.Should().Be("test accuracy 66.67 % (2 of 3)");
    }

    [Fact]
    public void The_last_line_names_generated_digits()
    {
        RunResult result = ResultOf(_generated, correct: 3, count: 3);

        result.LastLine.Should().Be("test accuracy 100.00 % (3 of 3) on generated digits");
    }

    [Fact]
    public void An_interruption_says_how_far_the_run_came()
    {
        TrainingHistory whole = HistoryOf(wasCancelled: false, EpochOf(1, isComplete: true));
        TrainingHistory between = HistoryOf(wasCancelled: true, EpochOf(1, isComplete: true));
        TrainingHistory within = HistoryOf(
            wasCancelled: true, EpochOf(1, isComplete: true), EpochOf(2, isComplete: false));

        ResultOf(_generated, 1, 1, whole).Interruption.Should().BeNull();
        ResultOf(_generated, 1, 1, between).Interruption.Should().Be("interrupted after epoch 1");
        ResultOf(_generated, 1, 1, within).Interruption.Should()
            .Be("interrupted in epoch 2, after 7 of its 10 samples");
    }

    [Fact]
    public void An_early_stop_says_why()
    {
        TrainingHistory stopped = HistoryOf(wasCancelled: false, EpochOf(4, isComplete: true)) with
        {
            StopReason = "enough",
        };

        ResultOf(_generated, 1, 1, stopped).Interruption.Should().Be("stopped after epoch 4: enough");
    }

    private static RunResult ResultOf(MnistData data, int correct, int count, TrainingHistory? history = null)
    {
        var confusion = new ConfusionMatrix(2);
        float[] right = [1, 0];
        float[] wrong = [0, 1];
        for (int sample = 0; sample < count; sample++)
        {
            confusion.Add(
                new ReadOnlyMatrixSpan<float>(sample < correct ? right : wrong, 2, 1),
                new ReadOnlyMatrixSpan<float>(right, 2, 1));
        }

        return new(new(data, TestLoss: 0.5, confusion, []), history ?? HistoryOf(wasCancelled: false));
    }

    private static TrainingHistory HistoryOf(bool wasCancelled, params EpochResult[] epochs) =>
        new(epochs, wasCancelled, TimeSpan.FromSeconds(1));

    private static EpochResult EpochOf(int epoch, bool isComplete) =>
        new(epoch, isComplete, 7, 0.5, new Dictionary<string, double>(), Validation: null, TimeSpan.FromSeconds(1));
}
