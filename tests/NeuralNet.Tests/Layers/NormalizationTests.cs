using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
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
    public void Group_normalization_takes_mean_and_deviation_out_of_each_group_over_all_positions()
    {
        // Two positions of four channels. Channels 0 and 1 hold 1, 3, 1, 3: mean 2, variance 1; channels 2 and 3 hold
        // 0, 0, 10, 10: mean 5, variance 25.
        Network<double> network = Network.Create<double>(new FeatureShape(2, 4), seed: 1)
            .GroupNormalization(2, 1e-300).Build();
        Matrix<double> sample = Matrix<double>.Build.Dense(8, 1, [1, 3, 0, 0, 1, 3, 10, 10]);
        network.Predict(sample).AsColumnMajorArray().Should().Equal(-1, 1, -1, -1, -1, 1, 1, 1);

        var layer = (GroupNormalization<double>)network.Layers[0];
        layer.Gamma.Set(Vector<double>.Build.Dense([1, 2, 3, 4]));
        layer.Beta.Set(Vector<double>.Build.Dense([10, 20, 30, 40]));
        network.Predict(sample).AsColumnMajorArray().Should().Equal(9, 22, 27, 36, 9, 22, 33, 44);
    }

    [Fact]
    public void RMS_normalization_divides_by_the_root_of_the_mean_square_of_each_position()
    {
        // (1, 7): mean square 25; (−3, 3): 9.
        Network<double> network = Network.Create<double>(new FeatureShape(2, 2), seed: 1).RmsNormalization(1e-300)
            .Build();
        var layer = (RmsNormalization<double>)network.Layers[0];
        layer.Gamma.Set(Vector<double>.Build.Dense([5, 10]));
        double[] outputs = network.Predict(Matrix<double>.Build.Dense(4, 1, [1, 7, -3, 3])).AsColumnMajorArray();
        outputs.Zip([1, 14, -5, 10], (output, expected) => output - expected)
            .Should().OnlyContain(error => Math.Abs(error) < 1e-14);
        new RmsNormalization<double>(3).Epsilon.Should().Be(Math.Pow(2, -52));
        new RmsNormalization<float>(3).Epsilon.Should().Be(Math.Pow(2, -23));
    }

    [Fact]
    public void Groups_that_do_not_divide_the_channels_or_hold_one_element_are_refused()
    {
        var shape = new FeatureShape(2, 2, 6);
        FluentActions.Invoking(() => new GroupNormalization<float>(shape, 4))
            .Should().Throw<ArgumentException>().WithParameterName("groups")
            .WithMessage("The number of groups must divide the 6 channels, but it is 4.*");
        FluentActions.Invoking(() => new GroupNormalization<float>(shape, 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("groups");
        FluentActions.Invoking(() => new GroupNormalization<float>(6, 6))
            .Should().Throw<ArgumentException>().WithParameterName("groups").WithMessage("*single element*");
    }

    [Fact]
    public void Statistics_of_images_and_sequences_are_by_channel()
    {
        // A channel that is another number at each position, but the same in all samples, has mean and variance.
        foreach (FeatureShape shape in new FeatureShape[] { new(2, 3, 2), new(6, 2) })
        {
            Network<double> network = Network.Create<double>(shape, seed: 1).BatchNormalization(momentum: 1).Build();
            Matrix<double> inputs = Matrix<double>.Build.Dense(12, 2, (row, _) => row % 2 == 0 ? row / 2 : 7);
            new Trainer<double>(network, new MeanSquaredError(), new Sgd(1e-300)).Step(inputs, inputs);
            var layer = (BatchNormalization<double>)network.Layers[0];

            // 0, …, 5 twice: mean 2.5, Σ (x − μ)² = 2·17.5, n − 1 = 11.
            layer.RunningMean.Vector.Should().Equal(2.5, 7);
            layer.RunningVariance[0].Should().BeApproximately(35.0 / 11, 1e-15);
            layer.RunningVariance[1].Should().Be(0);
        }
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
                b => b.RmsNormalization(),
                b => b.GroupNormalization(1),
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
