using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Layers;

public sealed class NormalizationTests
{
    [Fact]
    public void Layer_normalization_takes_mean_and_deviation_out_of_each_sample()
    {
        // (1, 3): mean 2, variance 1; (0, 10): mean 5, variance 25. ε is negligible.
        Network<double> network = Network.Create<double>(2, seed: 1).LayerNormalization(1e-300).Build();
        network.Predict(Matrix<double>.Build.Dense(2, 2, [1, 3, 0, 10])).AsColumnMajorArray()
            .Should().Equal(-1, 1, -1, 1);

        var layer = (LayerNormalization<double>)network.Layers[0];
        layer.Gamma.Set(Vector<double>.Build.Dense([2, 3]));
        layer.Beta.Set(Vector<double>.Build.Dense([10, 20]));
        network.Predict(Matrix<double>.Build.Dense(2, 1, [1, 3])).AsColumnMajorArray().Should().Equal(8, 23);
    }

    [Fact]
    public void Batch_normalization_trains_on_the_batch_and_predicts_with_running_averages()
    {
        // One feature with values 1, 2, 6: mean 3, biased variance (4 + 1 + 9)/3 = 14/3, unbiased 14/2 = 7.
        Network<double> network = Network.Create<double>(1, seed: 1).BatchNormalization(momentum: 0.1, epsilon: 1e-300)
            .Build();
        Matrix<double> inputs = Matrix<double>.Build.Dense(1, 3, [1, 2, 6]);
        var layer = (BatchNormalization<double>)network.Layers[0];

        var engine = new BackpropagationEngine<double>(network, new MeanSquaredError());
        engine.Compute(inputs, inputs, Gradients.For(network));
        double deviation = Math.Sqrt(14.0 / 3);
        double[] outputs = engine.Outputs.Values.ToArray();
        outputs[0].Should().BeApproximately(-2 / deviation, 1e-15);
        outputs[2].Should().BeApproximately(3 / deviation, 1e-15);
        layer.RunningMean[0].Should().Be(0, "computing gradients changes nothing; only a training step does");

        new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.1)).Step(inputs, inputs);
        layer.RunningMean[0].Should().BeApproximately(0.1 * 3, 1e-15);
        layer.RunningVariance[0].Should().BeApproximately(0.9 + (0.1 * 7), 1e-15);

        double prediction = network.Predict(Vector<double>.Build.Dense([5.0]))[0];
        prediction.Should().BeApproximately((layer.Gamma[0] * (5 - 0.3) / Math.Sqrt(1.6)) + layer.Beta[0], 1e-14);
        layer.RunningMean[0].Should().BeApproximately(0.3, 1e-15, "a prediction leaves the statistics alone");
    }

    [Fact]
    public void A_batch_of_one_sample_leaves_the_running_variance_as_it_is()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).BatchNormalization().Dense(1).Build();
        var layer = (BatchNormalization<double>)network.Layers[0];
        Matrix<double> sample = Matrix<double>.Build.Dense(2, 1, [3, 4]);
        new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.1))
            .Step(sample, Matrix<double>.Build.Dense(1, 1));
        layer.RunningVariance.Vector.Should().Equal(1, 1);
        layer.RunningMean[1].Should().BeApproximately(0.4, 1e-15);
    }

    [Fact]
    public void Frozen_statistics_are_what_training_normalizes_with()
    {
        Network<double> network = Network.Create<double>(3, seed: 1).BatchNormalization().Dense(2).Build();
        var layer = (BatchNormalization<double>)network.Layers[0];
        layer.RunningMean.Set(Vector<double>.Build.Dense([1, 2, 3]));
        layer.RunningVariance.Set(Vector<double>.Build.Dense([4, 0.5, 9]));
        layer.Freeze();
        Matrix<double> inputs = TestData.Uniform<double>(3, 6, seed: 2);
        Matrix<double> targets = TestData.Uniform<double>(2, 6, seed: 3);

        GradientCheck.Run(network, new MeanSquaredError(), inputs, targets).EnsurePassed();
        var engine = new BackpropagationEngine<double>(network, new MeanSquaredError());
        engine.ComputeLoss(inputs, targets);
        engine.Outputs.ToMatrix().Should().BeEquivalentTo(network.Predict(inputs));

        new Trainer<double>(network, new MeanSquaredError(), new Sgd(0.1)).Step(inputs, targets);
        layer.RunningMean.Vector.Should().Equal(1, 2, 3);
        layer.Gamma.Vector.Should().Equal(1, 1, 1);
    }

    [Fact]
    public void A_statistic_is_no_weight()
    {
        Network<double> network = Network.Create<double>(3, seed: 1).BatchNormalization().Build();
        network.Parameters.Select(p => (p.Name, p.IsStatistic, p.IsTrainable)).Should().Equal(
            ("batchNormalization1.gamma", false, true),
            ("batchNormalization1.beta", false, true),
            ("batchNormalization1.runningMean", true, false),
            ("batchNormalization1.runningVariance", true, false));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void A_momentum_out_of_range_is_refused(double momentum) =>
        FluentActions.Invoking(() => new BatchNormalization<float>(3, momentum))
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("momentum must be above 0 and at most 1*");

    [Fact]
    public void Gradients_are_right()
    {
        Matrix<double> inputs = TestData.Uniform<double>(4, 7, seed: 4, from: -3, to: 5);
        Matrix<double> targets = TestData.Uniform<double>(2, 7, seed: 5);
        foreach (Func<NetworkBuilder<double>, NetworkBuilder<double>> add in
            new Func<NetworkBuilder<double>, NetworkBuilder<double>>[]
            {
                b => b.BatchNormalization(),
                b => b.LayerNormalization(),
            })
        {
            // As the first layer, behind another, and as the last.
            NetworkBuilder<double> builder = add(Network.Create<double>(4, seed: 6))
                .Dense(5, new NeuralNet.Activations.Tanh());
            Network<double> network = add(add(builder).Dense(2)).Build();
            foreach (Parameter<double> parameter in network.Parameters.Where(p => p.LocalName is "gamma" or "beta"))
            {
                TestData.Uniform<double>(parameter.Rows, 1, seed: 7, 0.5, 1.5).AsColumnMajorArray()
                    .CopyTo(parameter.Values);
            }

            GradientCheck.Run(network, new MeanSquaredError(), inputs, targets).EnsurePassed();
        }
    }
}
