using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Layers;

/// <summary>
/// Normalization keeps the digits of the numbers that it gets, whatever their mean and magnitude: in float it gives
/// what formulas in double give from the same floats.
/// </summary>
public sealed class NormalizationPrecisionTests
{
    public static TheoryData<double, double> Offsets => new()
    {
        { 0, 1 },
        { 1e4, 1 },
        { -1e6, 3 },
        { 1234.567, 1e-3 },
        { 1e-42, 1e-42 },
        { 1e30, 1e28 },
        { 0, 1e30 },
        { 3e38, 1e37 },
        { 1e-20, 1e-30 },
    };

    [Theory]
    [MemberData(nameof(Offsets))]
    public void Layer_normalization_in_float_is_as_in_double(double offset, double scale)
    {
        foreach (int features in (int[])[1, 2, 5, 8, 37, 64])
        {
            Matrix<float> inputs = Inputs(features, 6, offset, scale);
            Compare(inputs, inputs.Transpose(), new LayerNormalization<float>(features));
        }
    }

    [Theory]
    [MemberData(nameof(Offsets))]
    public void Batch_normalization_in_float_is_as_in_double(double offset, double scale)
    {
        foreach (int features in (int[])[1, 2, 5, 8, 37])
        {
            foreach (int samples in (int[])[1, 2, 9, 64, 1000])
            {
                Matrix<float> inputs = Inputs(features, samples, offset, scale);
                Compare(inputs, inputs, new BatchNormalization<float>(features));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Offsets))]
    public void Group_normalization_in_float_is_as_in_double(double offset, double scale)
    {
        foreach ((int channels, int groups) in
            ((int, int)[])[(1, 1), (6, 1), (6, 6), (20, 10), (24, 2), (32, 2), (37, 37), (48, 12)])
        {
            var shape = new FeatureShape(3, 5, channels);
            int width = channels / groups;
            Matrix<float> inputs = Inputs(shape.Size, 3, offset, scale);
            Network<float> network = Network.Create<float>(shape, seed: 1).GroupNormalization(groups).Build();
            Matrix<float> outputs = network.Predict(inputs);
            for (int g = 0; g < groups * 3; g++)
            {
                int[] rows =
                [
                    .. Enumerable.Range(0, shape.Size).Where(row => row % channels / width == g % groups),
                ];
                double origin = inputs[rows[0], g / groups];
                double[] x = [.. rows.Select(row => inputs[row, g / groups] - origin)];
                double mean = x.Average();
                double deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + 1e-5);
                for (int i = 0; i < x.Length; i++)
                {
                    double expected = (x[i] - mean) / deviation;
                    ((double)outputs[rows[i], g / groups]).Should().BeApproximately(
                        expected, Math.Max(2e-7 * Math.Abs(expected), 1e-44), $"{channels} channels, {groups} groups");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Offsets))]
    public void RMS_normalization_in_float_is_as_in_double(double offset, double scale)
    {
        foreach (int features in (int[])[1, 2, 5, 8, 37, 64])
        {
            Matrix<float> inputs = Inputs(features, 6, offset, scale);
            Matrix<float> outputs = Network.Create<float>(features, seed: 1).RmsNormalization().Build().Predict(inputs);
            for (int j = 0; j < 6; j++)
            {
                double[] x = [.. inputs.Column(j).Select(value => (double)value)];
                double root = Math.Sqrt(x.Average(value => value * value) + Math.Pow(2, -23));
                for (int i = 0; i < features; i++)
                {
                    ((double)outputs[i, j]).Should().BeApproximately(
                        x[i] / root, Math.Max(2e-7 * Math.Abs(x[i] / root), 1e-44));
                }
            }
        }
    }

    [Theory]
    [InlineData(1234.567f)]
    [InlineData(-1e30f)]
    [InlineData(float.MaxValue)]
    [InlineData(float.Epsilon)]
    [InlineData(0f)]
    public void Groups_of_constants_become_0_and_constant_features_their_sign(float constant)
    {
        Matrix<float> inputs = Matrix<float>.Build.Dense(6 * 12, 3, constant);
        foreach (int groups in (int[])[1, 2, 3, 12])
        {
            Network<float> network = Network.Create<float>(new FeatureShape(6, 12), seed: 1).GroupNormalization(groups)
                .Build();
            Passes(network).Should().OnlyContain(value => value == 0);
        }

        float expected = (float)(constant / Math.Sqrt(((double)constant * constant) + Math.Pow(2, -23)));
        Passes(Network.Create<float>(new FeatureShape(6, 12), seed: 1).RmsNormalization().Build())
            .Should().OnlyContain(value => Math.Abs(value - expected) <= 1e-7f);

        float[] Passes(Network<float> network)
        {
            var engine = new BackpropagationEngine<float>(network);
            float[] outputs = engine.Forward(inputs).Values.ToArray();
            float[] gradient = new float[6 * 12 * 3];
            engine.Backward(
                TestData.Uniform<float>(6 * 12, 3, seed: 3), Gradients.For(network), new(gradient, 6 * 12, 3));
            gradient.Should().OnlyContain(value => float.IsFinite(value));
            return outputs;
        }
    }

    [Theory]
    [InlineData(1234.567f)]
    [InlineData(-1e30f)]
    [InlineData(float.MaxValue)]
    [InlineData(float.Epsilon)]
    [InlineData(0.1f)]
    public void A_constant_becomes_0_and_its_gradient_is_right(float constant)
    {
        Matrix<float> inputs = Matrix<float>.Build.Dense(7, 13, constant);
        foreach (Network<float> network in (Network<float>[])
            [
                Network.Create<float>(7, seed: 1).BatchNormalization().Build(),
                Network.Create<float>(7, seed: 1).LayerNormalization().Build(),
            ])
        {
            var engine = new BackpropagationEngine<float>(network);
            engine.Forward(inputs).Values.ToArray().Should().OnlyContain(value => value == 0);
            float[] gradient = new float[inputs.RowCount * inputs.ColumnCount];
            Matrix<float> outputGradient = TestData.Uniform<float>(7, 13, seed: 3);
            engine.Backward(outputGradient, Gradients.For(network), new(gradient, 7, 13));
            IReadOnlyList<Vector<float>> groups = network.Layers[0] is BatchNormalization<float>
                ? [.. outputGradient.EnumerateRows()]
                : [.. outputGradient.EnumerateColumns()];
            double first = (outputGradient[0, 0] - groups[0].Average()) / Math.Sqrt(1e-5);
            gradient[0].Should().BeApproximately((float)first, 1e-4f * (float)Math.Abs(first));
            gradient.Should().OnlyContain(value => float.IsFinite(value));
        }
    }

    [Fact]
    public void Running_statistics_of_a_large_mean_keep_their_digits()
    {
        Matrix<float> inputs = Inputs(3, 400, 1e4, 1);
        Network<float> network = Network.Create<float>(3, seed: 1).BatchNormalization(momentum: 1).Build();
        new Trainer<float>(network, new MeanSquaredError(), new Sgd(1e-30)).Step(inputs, inputs);
        var layer = (BatchNormalization<float>)network.Layers[0];
        for (int i = 0; i < 3; i++)
        {
            double[] row = [.. inputs.Row(i).Select(value => (double)value)];
            double mean = row.Average();
            double variance = row.Sum(value => (value - mean) * (value - mean)) / (row.Length - 1);
            layer.RunningMean[i].Should().Be((float)mean);
            ((double)layer.RunningVariance[i]).Should().BeApproximately(variance, 1e-6 * variance);
        }
    }

    [Fact]
    public void A_running_variance_that_no_float_holds_ends_training_by_name()
    {
        Matrix<float> inputs = Inputs(2, 16, 0, 1e30);
        Network<float> network = Network.Create<float>(2, seed: 1).BatchNormalization().Dense(1).Build();
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Sgd(0.01));
        trainer.Invoking(t => t.Step(inputs, Matrix<float>.Build.Dense(1, 16)))
            .Should().Throw<TrainingDivergedException>().WithMessage("*batchNormalization1.runningVariance*");
    }

    [Fact]
    public void A_variance_that_no_double_holds_is_not_taken_for_0()
    {
        Matrix<double> inputs = Matrix<double>.Build.Dense(2, 2, [1e200, -1e200, 3e200, 1]);
        foreach (Network<double> network in (Network<double>[])
            [
                Network.Create<double>(2, seed: 1).BatchNormalization().Build(),
                Network.Create<double>(2, seed: 1).LayerNormalization().Build(),
            ])
        {
            new BackpropagationEngine<double>(network).Forward(inputs).Values.ToArray()
                .Should().OnlyContain(value => double.IsNaN(value));
        }
    }

    [Fact]
    public void Gradients_of_inputs_with_a_large_mean_are_right()
    {
        // In double, where differences still have digits.
        foreach (Func<NetworkBuilder<double>, NetworkBuilder<double>> add in
            new Func<NetworkBuilder<double>, NetworkBuilder<double>>[]
            {
                builder => builder.BatchNormalization(),
                builder => builder.LayerNormalization(),
                builder => builder.GroupNormalization(1),
            })
        {
            Network<double> network = add(Network.Create<double>(5, seed: 1))
                .Dense(2, weightInitializer: new Uniform(-1, 1)).Build();
            foreach (int samples in (int[])[1, 2, 11])
            {
                Matrix<double> inputs = TestData.Uniform<double>(5, samples, seed: 4) + 1e4;
                inputs.SetRow(2, Vector<double>.Build.Dense(samples, 1e4));
                GradientCheck.Run(
                    network, new MeanSquaredError(), inputs, TestData.Uniform<double>(2, samples, seed: 5))
                    .EnsurePassed();
            }
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(1e-46)]
    [InlineData(double.NaN)]
    public void An_epsilon_that_float_does_not_hold_is_refused(double epsilon)
    {
        FluentActions.Invoking(() => new BatchNormalization<float>(3, epsilon: epsilon))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(epsilon));
        FluentActions.Invoking(() => new LayerNormalization<float>(3, epsilon))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(epsilon));
        FluentActions.Invoking(() => new GroupNormalization<float>(3, 1, epsilon))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(epsilon));
        FluentActions.Invoking(() => new RmsNormalization<float>(3, epsilon))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(epsilon));
    }

    // The groups that are normalized are the rows of "grouped".
    private static void Compare(Matrix<float> inputs, Matrix<float> grouped, Layer<float> layer)
    {
        int rows = inputs.RowCount;
        int columns = inputs.ColumnCount;
        Network<float> network = Network.Create<float>(rows, seed: 1).Add(layer).Build();
        var engine = new BackpropagationEngine<float>(network, threads: 1);
        Matrix<float> outputs = engine.Forward(inputs).ToMatrix();
        Matrix<float> outputGradient = TestData.Uniform<float>(rows, columns, seed: 8);
        var inputGradient = new float[rows * columns];
        Gradients<float> gradients = Gradients.For(network);
        engine.Backward(outputGradient, gradients, new(inputGradient, rows, columns));

        bool byRow = layer is BatchNormalization<float>;
        Matrix<float> found = byRow ? outputs : outputs.Transpose();
        Matrix<float> g = byRow ? outputGradient : outputGradient.Transpose();
        Matrix<float> foundGradient = Matrix<float>.Build.Dense(rows, columns, inputGradient);
        foundGradient = byRow ? foundGradient : foundGradient.Transpose();
        for (int i = 0; i < grouped.RowCount; i++)
        {
            double[] x = [.. grouped.Row(i).Select(value => (double)value - grouped[i, 0])];
            double[] upstream = [.. g.Row(i).Select(value => (double)value)];
            double mean = x.Average();
            double variance = x.Sum(value => (value - mean) * (value - mean)) / x.Length;
            double deviation = Math.Sqrt(variance + 1e-5);
            double[] expected = [.. x.Select(value => (value - mean) / deviation)];
            double sum = upstream.Sum();
            double product = upstream.Zip(expected, (a, b) => a * b).Sum();
            for (int j = 0; j < x.Length; j++)
            {
                double slack = 2e-7 * (Math.Abs(expected[j]) + 1e-30);
                ((double)found[i, j]).Should().BeApproximately(expected[j], Math.Max(slack, 1e-45));
                double derivative =
                    (upstream[j] - (sum / x.Length) - (expected[j] * product / x.Length)) / deviation;
                double unit = (1 + Math.Abs(expected[j])) / deviation;
                ((double)foundGradient[i, j]).Should().BeApproximately(derivative, Math.Max(1e-6 * unit, 1e-44));
            }

            if (byRow)
            {
                double ofGamma = gradients["batchNormalization1.gamma"][i, 0];
                double size = upstream.Zip(expected, (a, b) => Math.Abs(a * b)).Sum();
                ofGamma.Should().BeApproximately(product, Math.Max(1e-6 * size, 1e-43));
                double ofBeta = gradients["batchNormalization1.beta"][i, 0];
                ofBeta.Should().BeApproximately(sum, 1e-7 * upstream.Sum(Math.Abs));
            }
        }
    }

    private static Matrix<float> Inputs(int rows, int columns, double offset, double scale) =>
        TestData.Uniform<double>(rows, columns, seed: (rows * 100) + columns, from: -1, to: 1)
            .Map(value => (float)(offset + (scale * value)));
}
