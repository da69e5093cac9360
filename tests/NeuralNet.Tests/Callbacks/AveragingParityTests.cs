using NeuralNet.Callbacks;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Tests.Training;
using NeuralNet.Training;

namespace NeuralNet.Tests.Callbacks;

/// <summary>Averaged parameters are PyTorch's: <c>Parity/training_options.py</c>.</summary>
public sealed class AveragingParityTests
{
    private static readonly TrainingOptionsReference _reference = TrainingOptionsReference.Read();

    [Theory]
    [InlineData(AverageStart.FirstParameters)]
    [InlineData(AverageStart.BiasCorrected)]
    [InlineData(AverageStart.GrowingDecay)]
    public void A_moving_average_is_validated_and_left_at_the_end(AverageStart start)
    {
        Network<double> network = _reference.Network();
        TrainingHistory history = Fit(network, new ExponentialMovingAverage<double>(0.8, start));
        TrainingOptionsReference.Averaged expected = _reference.Averages[start.ToString()];
        TrainingOptionsReference.RequireSame(network, expected.Parameters);
        for (int i = 0; i < expected.Losses.Length; i++)
        {
            history.Epochs[i].Validation!.Loss.Should().BeApproximately(expected.Losses[i], 1e-10);
        }
    }

    [Fact]
    public void Weights_of_epochs_are_averaged_and_statistics_computed_anew()
    {
        Network<double> network = _reference.Network();
        TrainingHistory history = Fit(network, new StochasticWeightAveraging<double>(3, _reference.Data()));
        history.Epochs[^1].Validation!.Loss.Should().Be(
            new Trainer<double>(network, new MeanSquaredError(), new Sgd()).Evaluate(_reference.Data()).Loss);

        // In the order of the script, which does not shuffle.
        RunningStatistics.Recompute(
            network, _reference.Data(), TrainingOptionsReference.BatchSize, shuffle: false);
        TrainingOptionsReference.Averaged expected = _reference.Averages["swa"];
        TrainingOptionsReference.RequireSame(network, expected.Parameters);
        new Trainer<double>(network, new MeanSquaredError(), new Sgd()).Evaluate(_reference.Data()).Loss
            .Should().BeApproximately(expected.Losses[0], 1e-10);
    }

    private static TrainingHistory Fit(Network<double> network, ITrainingCallback<double> averaging) =>
        new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.05, momentum: 0.9)).Fit(
            _reference.Data(),
            new()
            {
                Epochs = TrainingOptionsReference.Epochs,
                BatchSize = TrainingOptionsReference.BatchSize,
                Shuffle = false,
                Validation = _reference.Data(),
                Callbacks = [averaging],
            });
}
