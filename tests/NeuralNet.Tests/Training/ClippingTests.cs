using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

public sealed class ClippingTests
{
    private readonly Matrix<double> _inputs = TestData.Uniform<double>(3, 6, seed: 2);
    private readonly Matrix<double> _targets = TestData.Uniform<double>(2, 6, seed: 3);

    [Fact]
    public void A_step_follows_the_clipped_gradient()
    {
        // Plain descent with rate 1: the step is the gradient.
        Vector<double> step = Step(clipping: null, freeze: false);
        step.L2Norm().Should().BeGreaterThan(0.1);
        Vector<double> clipped = Step(new ClipByGlobalNorm(0.1), freeze: false);
        clipped.L2Norm().Should().BeApproximately(0.1, 1e-14);
        (clipped - (step * (0.1 / step.L2Norm()))).L2Norm().Should().BeLessThan(1e-15);
        Step(new ClipByGlobalNorm(1e3), freeze: false).Should().Equal(step, "below the limit not one bit changes");
    }

    [Fact]
    public void What_is_frozen_does_not_count_towards_the_norm() =>
        Step(new ClipByGlobalNorm(0.01), freeze: true).L2Norm().Should().BeApproximately(0.01, 1e-14);

    [Fact]
    public void Fit_takes_it_from_the_options()
    {
        Trainer<double> trainer = MakeTrainer();
        double[] before = Parameters(trainer);
        trainer.Fit(
            new DataSet<double>(_inputs, _targets),
            new() { Epochs = 1, Shuffle = false, GradientClipping = new ClipByValue(1e-6) });
        Parameters(trainer).Zip(before, (after, was) => Math.Abs(after - was)).Max()
            .Should().BeApproximately(1e-6, 1e-15);
    }

    private Vector<double> Step(IGradientClipping? clipping, bool freeze)
    {
        Trainer<double> trainer = MakeTrainer();
        if (freeze)
        {
            trainer.Network.Layers[0].Freeze();
        }

        double[] before = Parameters(trainer);
        trainer.Step(_inputs, _targets, clipping: clipping);
        return Vector<double>.Build.Dense(Parameters(trainer).Zip(before, (after, was) => was - after).ToArray());
    }

    private static Trainer<double> MakeTrainer() =>
        new(
            Network.Create<double>(3, seed: 1).BatchNormalization().Dense(4).Dense(2).Build(),
            new MeanSquaredError(),
            new Sgd(1));

    // Running statistics move by themselves.
    private static double[] Parameters(Trainer<double> trainer) =>
        trainer.Network.Parameters.Where(p => !p.IsStatistic).SelectMany(p => p.Values.ToArray()).ToArray();
}
