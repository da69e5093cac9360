using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using NeuralNet.Training;

namespace NeuralNet.Tests.Layers;

public sealed class ActivityPenaltyTests
{
    [Fact]
    public void The_loss_has_the_mean_of_the_penalties_of_the_samples()
    {
        // Samples (1, −2) and (3, 0): L1 norms 3 and 3, squares 5 and 9. The outputs are the targets.
        Network<double> network = Network.Create<double>(2, seed: 1)
            .ActivityPenalty(new L1Penalty(0.1)).ActivityPenalty(new L2Penalty(0.5)).Build();
        Matrix<double> batch = Matrix<double>.Build.DenseOfColumnMajor(2, 2, [1.0, -2, 3, 0]);
        double[] inputGradient = new double[4];
        double loss = new BackpropagationEngine<double>(network, new MeanSquaredError()).Compute(
            batch, batch, Gradients.For(network), new MatrixSpan<double>(inputGradient, 2, 2));
        loss.Should().BeApproximately((0.1 * 3) + (0.5 * 7), 1e-15);

        // (0.1·sign a + 2·0.5·a) / 2.
        double[] expected = [0.55, -1.05, 1.55, 0];
        inputGradient.Should().Equal(expected, (actual, wanted) => Math.Abs(actual - wanted) < 1e-15);
    }

    [Fact]
    public void A_training_step_reports_it_and_an_evaluation_does_not()
    {
        Network<double> network = Network.Create<double>(3, seed: 1)
            .Dense(4, new Tanh()).ActivityPenalty(new L2Penalty(0.25)).Dense(2).Build();
        Network<double> plain = Network.Create<double>(3, seed: 1).Dense(4, new Tanh()).Dense(2).Build();
        plain.CopyParametersFrom(network);
        Matrix<double> inputs = TestData.Uniform<double>(3, 6, seed: 2);
        Matrix<double> targets = TestData.Uniform<double>(2, 6, seed: 3);
        double penalty = 0.25 * Hidden(plain, inputs).Sum(a => a * a) / 6;
        var data = new NeuralNet.Data.DataSet<double>(inputs, targets);
        double without = new Trainer<double>(plain, new MeanSquaredError(), new Sgd(0.1)).Evaluate(data).Loss;
        var trainer = new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.1));
        trainer.Evaluate(data).Loss.Should().BeApproximately(without, 1e-14);
        trainer.Step(inputs, targets).Should().BeApproximately(without + penalty, 1e-14);
    }

    [Fact]
    public void Activities_become_small_where_they_cost()
    {
        Matrix<double> inputs = TestData.Uniform<double>(3, 40, seed: 2);
        double free = Trained(0);
        double penalized = Trained(0.05);
        penalized.Should().BeLessThan(free / 2);

        double Trained(double strength)
        {
            Network<double> network = Network.Create<double>(3, seed: 1)
                .Dense(8, new ReLU()).ActivityPenalty(new L1Penalty(strength)).Dense(3).Build();
            var trainer = new Trainer<double>(network, new MeanSquaredError(), new Adam(0.01));
            for (int step = 0; step < 300; step++)
            {
                trainer.Step(inputs, inputs);
            }

            return Hidden(network, inputs).Sum(Math.Abs);
        }
    }

    [Fact]
    public void A_layer_by_itself_is_checked_with_what_it_adds_to_the_loss() =>
        GradientCheck.Run(
            new ActivityPenalty<double>(new FeatureShape(3, 2), new ElasticNetPenalty(0.1, 0.2)),
            TestData.Uniform<double>(6, 5, seed: 2)).EnsurePassed();

    [Fact]
    public void Of_layers_at_each_step_it_is_the_mean_of_all_steps()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(2, 2), seed: 1)
            .PerStep(step => step.ActivityPenalty(new L2Penalty(1))).Build();
        Matrix<double> batch = Matrix<double>.Build.DenseOfColumnMajor(4, 1, [1.0, 2, 3, 4]);
        new BackpropagationEngine<double>(network, new MeanSquaredError()).ComputeLoss(batch, batch)
            .Should().BeApproximately((5.0 + 25) / 2, 1e-14);
    }

    [Fact]
    public void Padding_costs_nothing()
    {
        Network<double> network = Network.Create<double>(7, seed: 1)
            .PaddedSequences(new FeatureShape(3, 2), steps => steps
                .SimpleRecurrent(2, returnSteps: true).ActivityPenalty(new L2Penalty(1)).Lstm(2)).Build();
        double[] one = [0.5, -0.25, 9, 9, 9, 9, 1];
        double[] other = [0.5, -0.25, -7, 8, 100, 0, 1];
        Loss(one).Should().Be(Loss(other));
        GradientCheck.Run(
            network,
            new MeanSquaredError(),
            Matrix<double>.Build.DenseOfColumnMajor(7, 1, one),
            Matrix<double>.Build.Dense(2, 1)).Comparisons.Should().OnlyContain(
                c => c.Name == "input" || c.WorstRelativeError <= 1e-7);
        FluentActions.Invoking(() => Network.Create<double>(7, seed: 1).PaddedSequences(
            new FeatureShape(3, 2), steps => steps.PerStep(step => step.ActivityPenalty(new L1Penalty())).Lstm(2)))
            .Should().Throw<ArgumentException>().WithMessage("*'perStep' does not take padded sequences*");

        double Loss(double[] sample) => new BackpropagationEngine<double>(network, new MeanSquaredError()).ComputeLoss(
            Matrix<double>.Build.DenseOfColumnMajor(7, 1, sample), Matrix<double>.Build.Dense(2, 1));
    }

    [Fact]
    public void A_prediction_passes_it_unchanged()
    {
        Network<float> network = Network.Create<float>(3, seed: 1).ActivityPenalty(new L1Penalty()).Build();
        network.Predict(Vector<float>.Build.Dense([1, 2, 3])).Should().Equal(1, 2, 3);
        FluentActions.Invoking(() => new ActivityPenalty<float>(3, null!)).Should().Throw<ArgumentNullException>();
    }

    private static double[] Hidden(Network<double> network, Matrix<double> inputs)
    {
        var engine = new BackpropagationEngine<double>(network);
        engine.Forward(inputs);
        return engine.Activations(network.Layers[0]).Values.ToArray();
    }
}
