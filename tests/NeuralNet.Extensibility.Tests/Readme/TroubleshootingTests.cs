using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests.Readme;

/// <summary>The guide to troubleshooting knows every warning and cause, and its snippets do what they say.</summary>
public sealed class TroubleshootingTests
{
    // Those of a setting that is hardly come upon, whose message says all.
    private static readonly string[] _unlisted = ["DroppedOutputs", "SingleSampleBatches", "OtherBatchCount"];

    public static TheoryData<string> Named { get; } = new(
        Enum.GetNames<TrainingWarningKind>().Except(_unlisted).Concat(Enum.GetNames<DivergenceCause>()));

    [Theory]
    [MemberData(nameof(Named))]
    public void The_guide_has_a_remedy(string name) =>
        Snippets.Read("docs/troubleshooting.md").Should().Contain($"`{name}`");

    [Fact]
    public void Few_samples_are_learned_by_heart()
    {
        DataSet<float> data = Waves(scale: 1);
        Trainer<float> trainer = Create(new Adam(0.01));
        Troubleshooting.FindRate(trainer, data).Suggestion.Should().BeInRange(1e-5, 1);
        Troubleshooting.LearnByHeart(trainer, data).Should().BeLessThan(0.05);
        Troubleshooting.Weigh([0, 0, 0, 1]).ClassWeights.Should().Equal(2 / 3.0, 2);
    }

    [Fact]
    public void A_step_that_is_far_too_long_is_told_with_its_cause() => FluentActions
        .Invoking(() => Troubleshooting.Diverge(Create(new Sgd(1e30)), Waves(scale: 1)))
        .Should().Throw<TrainingDivergedException>().Which.Details!.Cause.Should().Be(DivergenceCause.Layer);

    [Fact]
    public void Inputs_that_are_not_scaled_are_warned_of()
    {
        TrainingHistory history = Create(new Adam(0.001)).Fit(Waves(scale: 1000), new() { Epochs = 1 });
        history.Warnings.Should().Contain(warning => warning.Kind == TrainingWarningKind.UnscaledInputs);
        Troubleshooting.Warn(history);
    }

    // Which sign the sum of three numbers has.
    private static DataSet<float> Waves(float scale)
    {
        Matrix<float> inputs = Matrix<float>.Build.Dense(3, 256, (i, j) => scale * MathF.Sin((7 * j) + (i * j)));
        int[] labels = [.. inputs.ColumnSums().Select(sum => sum > 0 ? 1 : 0)];
        return DataSet.FromLabels(inputs, labels, classes: 2);
    }

    private static Trainer<float> Create(IOptimizer optimizer) => new(
        Network.Create<float>(3, seed: 1).Dense(32, new ReLU()).Dense(2).Build(),
        new SoftmaxCrossEntropy(),
        optimizer);
}
