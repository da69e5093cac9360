using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Diagnostics;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Tests.Activations;
using NeuralNet.Training;

namespace NeuralNet.Tests.Diagnostics;

public sealed class OutputRangeTests
{
    public static TheoryData<IActivation> Elementwise { get; } = new(Catalogue.Elementwise);

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void An_activation_stays_within_its_range_and_comes_near_its_bounds(IActivation activation)
    {
        OutputRange range = OutputRange.Of(activation);
        Network<double> network = Network.Create<double>(1, seed: 1).Activation(activation).Build();
        double[] z = [.. Enumerable.Range(-40_000, 80_001).Select(i => i / 1000.0)];
        double[] a = new double[z.Length];
        network.Predict(z, a);

        a.Min().Should().BeGreaterThanOrEqualTo(range.Least);
        a.Max().Should().BeLessThanOrEqualTo(range.Most);
        range.IsBounded.Should().Be(a.Max() - a.Min() < 10, "the others grow without end over this stretch");
        if (range.IsBounded || double.IsFinite(range.Least))
        {
            a.Min().Should().BeLessThan(range.Least + 0.03);
        }

        if (double.IsFinite(range.Most))
        {
            a.Max().Should().BeGreaterThan(range.Most - 0.03);
        }
    }

    [Fact]
    public void A_distribution_has_the_range_of_its_members()
    {
        OutputRange.Of(new Softmax()).Should().Be(new OutputRange(0, 1));
        OutputRange.Of(new LogSoftmax()).Should().Be(new OutputRange(double.NegativeInfinity, 0));
        OutputRange.Of(null).IsBounded.Should().BeFalse();
    }

    [Fact]
    public void Counts_below_0_are_warned_of()
    {
        TrainingWarning warning = Warnings(new Poisson(), from: -1, to: 5)
            .Should().ContainSingle(w => w.Kind == TrainingWarningKind.TargetsOutOfRange).Subject;
        warning.Message.Should().Contain("Poisson loss").And.Contain("counts, at least 0");
        warning.ToString().Should().Be(warning.Message);
        Warnings(new Poisson(), from: 0, to: 5)
            .Should().NotContain(w => w.Kind == TrainingWarningKind.TargetsOutOfRange);
    }

    [Fact]
    public void A_loss_of_directions_takes_targets_of_any_size() =>
        Warnings(new CosineSimilarity(), from: -100, to: 100, new Tanh())
            .Should().NotContain(w => w.Kind == TrainingWarningKind.TargetsOutOfRange);

    private static IReadOnlyList<TrainingWarning> Warnings(ILoss loss, double from, double to, IActivation? last = null)
    {
        Matrix<double> targets = TestData.Uniform<double>(2, 300, seed: 2, from, to);
        targets[0, 0] = from;
        var data = new DataSet<double>(TestData.Uniform<double>(3, 300, seed: 1), targets);
        Network<double> network = Network.Create<double>(3, seed: 1).Dense(2, last ?? new Identity()).Build();
        return new Trainer<double>(network, loss, new Adam(1e-4)).Fit(data, new() { Epochs = 1 }).Warnings;
    }
}
