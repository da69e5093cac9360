using NeuralNet.Diagnostics;
using NeuralNet.Evaluation;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

public sealed class ResultTextTests
{
    private static readonly EvaluationResult _validation = new(
        0.25, new Dictionary<string, double> { ["accuracy"] = 1.0 / 3, ["r2"] = -1 });

    [Fact]
    public void Figures_are_shown_by_name()
    {
        _validation.ToString().Should().Be("loss 0.25, accuracy 0.3333, r2 -1");
        Epoch(null).ToString().Should().Be("epoch 3: loss 1234, mae 0.5");
        Epoch(_validation).ToString()
            .Should().Be("epoch 3: loss 1234, mae 0.5; validation: loss 0.25, accuracy 0.3333, r2 -1");
    }

    [Fact]
    public void A_history_shows_its_end_and_every_warning()
    {
        var history = new TrainingHistory([Epoch(null), Epoch(null)], WasCancelled: false, TimeSpan.FromSeconds(1.25))
        {
            Warnings =
            [
                new(TrainingWarningKind.UnscaledInputs, "dense1", "Scale them."),
                new(TrainingWarningKind.DeadLayer, "dense1", "Dead."),
            ],
        };
        history.ToString().Split(Environment.NewLine).Should().Equal(
            "2 epochs in 1.25 s; epoch 3: loss 1234, mae 0.5", "warning: Scale them.", "warning: Dead.");
        (history with { Warnings = [], StopReason = "it was enough" }).ToString()
            .Should().Be("2 epochs in 1.25 s (it was enough); epoch 3: loss 1234, mae 0.5");
        new TrainingHistory([], WasCancelled: true, TimeSpan.Zero).ToString()
            .Should().Be("0 epochs in 0 s (cancelled)");
    }

    private static EpochResult Epoch(EvaluationResult? validation) =>
        new(
            3,
            true,
            100,
            1234.2,
            new Dictionary<string, double> { ["mae"] = 0.5 },
            validation,
            TimeSpan.FromSeconds(1));
}
