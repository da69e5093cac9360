using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Schedules;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>Trainings with parameter groups end where PyTorch's do: <c>Parity/training_options.py</c>.</summary>
public sealed class ParameterGroupParityTests
{
    private static readonly TrainingOptionsReference _reference = TrainingOptionsReference.Read();

    [Fact]
    public void Sgd_with_rates_and_penalties_of_groups() => RequireSame(
        "Sgd",
        new Sgd(0.1, momentum: 0.9, l2Penalty: 0.02),
        schedule: null,
        new("dense1") { LearningRateFactor = 0.1 },
        new("*") { OnlyVectors = true, L2Penalty = 0 },
        new("dense2.weights") { L2Penalty = 0.3 });

    [Fact]
    public void AdamW_with_a_pretrained_body_and_no_decay_of_vectors() => RequireSame(
        "AdamW",
        new AdamW(0.02, weightDecay: 0.1),
        schedule: null,
        new("dense1") { LearningRateFactor = 0.1 },
        new("*") { OnlyVectors = true, WeightDecay = 0 });

    [Fact]
    public void A_schedule_moves_the_rates_of_all_groups() => RequireSame(
        "AdamW, schedule",
        new AdamW(0.02, weightDecay: 0.1),
        new CosineDecay(),
        new("dense1*") { LearningRateFactor = 0.5, WeightDecay = 0.5 },
        new("*.gamma", "*.beta", "dense2.biases") { LearningRateFactor = 2 });

    private static void RequireSame(
        string name, IOptimizer optimizer, ILearningRateSchedule? schedule, params ParameterGroup[] groups)
    {
        Network<double> network = _reference.Network();
        var trainer = new Trainer<double>(network, new MeanSquaredError(), optimizer) { ParameterGroups = groups };
        trainer.Fit(
            _reference.Data(),
            new()
            {
                Epochs = TrainingOptionsReference.Epochs,
                BatchSize = TrainingOptionsReference.BatchSize,
                Shuffle = false,
                Schedule = schedule,
            });
        TrainingOptionsReference.RequireSame(network, _reference.Groups[name]);
    }
}
