using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

public sealed class SampleWeightTests
{
    private readonly Network<double> _network = Network.Create<double>(3, seed: 1).Dense(4, new Tanh()).Dense(2)
        .Build();
    private readonly Matrix<double> _inputs = TestData.Uniform<double>(3, 3, seed: 2);
    private readonly Matrix<double> _targets = TestData.Distributions(2, 3, seed: 3);

    [Fact]
    public void A_sample_of_weight_two_pulls_as_hard_as_two_samples()
    {
        Matrix<double> twice = _inputs.Append(_inputs.SubMatrix(0, 3, 2, 1));
        Matrix<double> targetsTwice = _targets.Append(_targets.SubMatrix(0, 2, 2, 1));

        (double weighted, Gradients<double> gradients) = Compute(_inputs, _targets, [1, 1, 2]);
        (double repeated, Gradients<double> expected) = Compute(twice, targetsTwice, []);

        // The mean is over 3 samples here and over 4 there.
        (weighted * 3).Should().BeApproximately(repeated * 4, 1e-14);
        foreach (Parameter<double> parameter in _network.Parameters)
        {
            ((gradients[parameter] * 3) - (expected[parameter] * 4)).L2Norm().Should().BeLessThan(1e-14);
        }
    }

    [Fact]
    public void Of_a_convolution_a_sample_of_weight_two_pulls_as_hard_as_two_samples()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(3, 1, 1), seed: 1)
            .Convolution(2, (2, 1), activation: new Tanh()).GroupNormalization(1).Dense(2).Build();
        var engine = new BackpropagationEngine<double>(network, new SoftmaxCrossEntropy());
        Gradients<double> gradients = Gradients.For(network);
        Gradients<double> expected = Gradients.For(network);
        engine.Compute(_inputs, _targets, gradients, sampleWeights: [1, 1, 2]);
        engine.Compute(
            _inputs.Append(_inputs.SubMatrix(0, 3, 2, 1)), _targets.Append(_targets.SubMatrix(0, 2, 2, 1)), expected);
        foreach (Parameter<double> parameter in network.Parameters)
        {
            ((gradients[parameter] * 3) - (expected[parameter] * 4)).L2Norm().Should().BeLessThan(1e-14);
        }
    }

    [Fact]
    public void A_sample_of_weight_zero_is_not_there()
    {
        (double weighted, Gradients<double> gradients) = Compute(_inputs, _targets, [1, 1, 0]);
        (double fewer, Gradients<double> expected) = Compute(
            _inputs.SubMatrix(0, 3, 0, 2), _targets.SubMatrix(0, 2, 0, 2), []);
        (weighted * 3).Should().BeApproximately(fewer * 2, 1e-14);
        ((gradients["dense1.weights"] * 3) - (expected["dense1.weights"] * 2)).L2Norm().Should().BeLessThan(1e-14);
    }

    [Fact]
    public void Weights_of_one_change_no_bit()
    {
        (double plain, Gradients<double> expected) = Compute(_inputs, _targets, []);
        (double weighted, Gradients<double> gradients) = Compute(_inputs, _targets, [1, 1, 1]);
        weighted.Should().Be(plain);
        gradients["dense1.weights"].Should().BeEquivalentTo(expected["dense1.weights"]);
    }

    [Fact]
    public void An_evaluation_takes_them_for_the_loss_and_counts_every_sample_once_for_metrics()
    {
        // More than two of the batches that an evaluation goes through.
        const int Count = 600;
        Matrix<double> inputs = TestData.Uniform<double>(3, Count, seed: 4);
        Matrix<double> targets = TestData.Distributions(2, Count, seed: 5);
        double[] weights = TestData.Uniform<double>(1, Count, seed: 6).AsColumnMajorArray().Select(Math.Abs).ToArray();
        var trainer = new Trainer<double>(_network, new SoftmaxCrossEntropy(), new Sgd(0.1));

        EvaluationResult weighted = trainer.Evaluate(new DataSet<double>(inputs, targets, weights), [new Accuracy()]);
        EvaluationResult plain = trainer.Evaluate(new DataSet<double>(inputs, targets), [new Accuracy()]);

        weighted.Loss.Should().BeApproximately(Compute(inputs, targets, weights).Loss, 1e-14);
        weighted.Loss.Should().NotBeApproximately(plain.Loss, 0.01);
        weighted.Metrics.Should().Equal(plain.Metrics);
    }

    [Fact]
    public void A_step_takes_them()
    {
        var trainer = new Trainer<double>(_network, new SoftmaxCrossEntropy(), new Sgd(0.1));
        double[] before = _network.Parameters[0].Values.ToArray();
        trainer.Step(_inputs, _targets, [0.0, 0, 0]).Should().Be(0);
        _network.Parameters[0].Values.ToArray().Should().Equal(before);
    }

    [Fact]
    public void Bad_weights_are_refused()
    {
        var trainer = new Trainer<double>(_network, new SoftmaxCrossEntropy(), new Sgd(0.1));
        FluentActions.Invoking(() => trainer.Step(_inputs, _targets, [1.0, 1])).Should().Throw<ArgumentException>()
            .WithMessage("The batch has 3 samples, but 2 weights were given.*").WithParameterName("sampleWeights");
        foreach (double bad in new[] { -1, double.NaN, double.PositiveInfinity })
        {
            FluentActions.Invoking(() => trainer.Step(_inputs, _targets, [1.0, bad, 1]))
                .Should().Throw<ArgumentException>()
                .WithMessage("*must be a finite number, at least 0, but that of sample 1 is*");
        }
    }

    private (double Loss, Gradients<double> Gradients) Compute(
        Matrix<double> inputs, Matrix<double> targets, double[] weights)
    {
        Gradients<double> gradients = Gradients.For(_network);
        double loss = new BackpropagationEngine<double>(_network, new SoftmaxCrossEntropy())
            .Compute(inputs, targets, gradients, sampleWeights: weights);
        return (loss, gradients);
    }
}
