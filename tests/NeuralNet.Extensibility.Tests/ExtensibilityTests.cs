using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.GradientChecks;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;
using NeuralNet.Traces;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests;

/// <summary>Everything pluggable, written with the public API alone: this project sees no internals.</summary>
public sealed class ExtensibilityTests
{
    private readonly Matrix<double> _inputs = Draw(3, 6, seed: 1);
    private readonly Matrix<double> _targets = Draw(2, 6, seed: 2);

    [Fact]
    public void Parts_of_ones_own_are_gradient_checked()
    {
        Network<double> network = Build(seed: 3);
        GradientCheckReport report = GradientCheck.Run(network, new QuarticError(), _inputs, _targets);
        report.EnsurePassed();
        report.Kinks.Should().Be(0);
        report.Comparisons.Select(comparison => comparison.Name).Should().Equal(
            "dense1.weights", "dense1.biases", "noisygain1.gain", "noisygain1.shift", "dense2.weights", "dense2.biases",
            "input");
    }

    [Fact]
    public void Parts_of_ones_own_train_together()
    {
        var data = new DataSet<double>(_inputs, _targets);
        var trainer = new Trainer<double>(Build(seed: 3), new QuarticError(), new Rprop(0.01));
        double before = trainer.Evaluate(data).Loss;
        trainer.Fit(data, new() { Epochs = 200, BatchSize = 6 });
        trainer.Evaluate(data).Loss.Should().BeLessThan(before / 100);
    }

    [Fact]
    public void The_noise_of_a_layer_is_new_in_every_step_and_the_same_for_the_same_seed()
    {
        static double[] Losses()
        {
            Network<double> network = Network.Create<double>(3, seed: 3).Add(shape => new NoisyGain<double>(shape.Size))
                .Build();
            var trainer = new Trainer<double>(network, new MeanSquaredError(), new NeuralNet.Optimizers.Sgd(1e-12));
            Matrix<double> inputs = Draw(3, 4, seed: 1);
            return [trainer.Step(inputs, inputs), trainer.Step(inputs, inputs)];
        }

        double[] losses = Losses();
        losses[0].Should().BeGreaterThan(0);
        losses[1].Should().NotBeApproximately(losses[0], 1e-6);
        Losses().Should().Equal(losses);
    }

    [Fact]
    public void A_prediction_has_no_noise()
    {
        Network<double> network = Network.Create<double>(3, seed: 3).Add(shape => new NoisyGain<double>(shape.Size))
            .Build();
        network.Predict(_inputs).Should().BeEquivalentTo(_inputs);
    }

    [Fact]
    public void Layers_with_randomness_are_traced_at_the_draw_they_are_given()
    {
        Network<double> network = Build(seed: 3);
        RandomStream draw = RandomStream.FromSeed(4);
        Gradients<double> gradients = Gradients.For(network);
        double loss = new BackpropagationEngine<double>(network, new QuarticError()).Compute(
            _inputs.SubMatrix(0, 3, 0, 1), _targets.SubMatrix(0, 2, 0, 1), gradients, random: draw);

        BackpropagationTrace trace = BackpropagationTrace.Run(
            network, new QuarticError(), _inputs.Column(0), _targets.Column(0), draw);
        trace.Loss.Should().Be(loss);
        trace.Layers[1].Should().BeOfType<OtherLayerTrace>().Which.Parameters[0].Gradient
            .Should().BeEquivalentTo(gradients["noisygain1.gain"]);
        ChainRuleTerms weight = trace.Dense("dense1").Weight(neuron: 4, input: 2);
        weight.FiniteDifference.Should().BeApproximately(weight.Product, 1e-9 * Math.Abs(weight.Product));
    }

    private static Network<double> Build(int seed) =>
        Network.Create<double>(3, seed)
            .Dense(5, new Sine(), new SmallUniform())
            .Add(shape => new NoisyGain<double>(shape.Size))
            .Dense(2)
            .Build();

    private static Matrix<double> Draw(int rows, int columns, int seed)
    {
        Random random = RandomStream.FromSeed(seed).CreateGenerator();
        return Matrix<double>.Build.Dense(rows, columns, (_, _) => random.NextDouble());
    }
}
