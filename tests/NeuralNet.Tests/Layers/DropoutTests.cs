using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Tests.Layers;

public sealed class DropoutTests
{
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void A_share_of_the_numbers_is_dropped_and_the_others_make_up_for_it(double rate)
    {
        const int count = 100_001;
        double[] outputs = Train(rate, count, RandomStream.FromSeed(1));
        outputs.Distinct().Should().BeSubsetOf([0.0, 1 / (1 - rate)]);

        // A binomial count: five standard deviations.
        double dropped = outputs.Count(value => value == 0);
        dropped.Should().BeApproximately(count * rate, 5 * Math.Sqrt(count * rate * (1 - rate)));
    }

    [Fact]
    public void Neighbours_are_dropped_independently()
    {
        double[] outputs = Train(0.5, 100_000, RandomStream.FromSeed(2));
        int same = Enumerable.Range(1, outputs.Length - 1).Count(i => outputs[i] == outputs[i - 1]);
        ((double)same).Should().BeApproximately(50_000, 5 * Math.Sqrt(25_000));
    }

    [Fact]
    public void The_same_stream_drops_the_same_and_another_does_not()
    {
        double[] first = Train(0.5, 1000, RandomStream.FromSeed(3));
        Train(0.5, 1000, RandomStream.FromSeed(3)).Should().Equal(first);
        Train(0.5, 1000, RandomStream.FromSeed(4)).Should().NotEqual(first);
    }

    [Fact]
    public void A_number_is_dropped_by_its_own_bits_of_the_stream()
    {
        RandomStream stream = RandomStream.FromSeed(6);
        foreach (int count in (int[])[1, 2, 511, 512, 513, 1025])
        {
            bool[] isDropped =
            [
                .. Enumerable.Range(0, count)
                    .Select(i => (uint)(stream.Bits(i / 2) >> (32 * (i % 2))) < (uint)(0.3 * (1L << 32))),
            ];
            float[] single = new float[count];
            double[] pair = new double[count];
            DropoutMask.Draw<float>(single, 0.3, stream);
            DropoutMask.Draw<double>(pair, 0.3, stream);
            single.Select(factor => factor == 0).Should().Equal(isDropped);
            pair.Select(factor => factor == 0).Should().Equal(isDropped);
        }
    }

    [Fact]
    public void Float_and_double_drop_the_same_on_any_number_of_threads()
    {
        // So many numbers that threads share them.
        const int count = 700_001;
        double[] expected = Train(0.3, count, RandomStream.FromSeed(5));
        foreach (int threads in (int[])[1, 2, 3, 8])
        {
            Network<float> network = Network.Create<float>(count, seed: 1).Dropout(0.3).Build();
            float[] ones = new float[count];
            float[] gradient = new float[count];
            Array.Fill(ones, 1);
            var engine = new BackpropagationEngine<float>(network, threads: threads);
            var batch = new ReadOnlyMatrixSpan<float>(ones, count, 1);
            float[] outputs = engine.Forward(batch, RandomStream.FromSeed(5)).Values.ToArray();
            engine.Backward(
                batch,
                Gradients.For(network),
                new MatrixSpan<float>(gradient, count, 1));

            outputs.AsSpan().SequenceEqual(Array.ConvertAll(expected, value => (float)value)).Should().BeTrue();
            gradient.AsSpan().SequenceEqual(outputs).Should().BeTrue("each gradient has the factor of its number");
        }
    }

    [Fact]
    public void Two_dropout_layers_draw_independently()
    {
        Network<double> network = Network.Create<double>(4000, seed: 1).Dropout(0.5).Dropout(0.5).Build();
        Matrix<double> ones = Matrix<double>.Build.Dense(4000, 1, 1.0);
        var engine = new BackpropagationEngine<double>(network, new MeanSquaredError());
        engine.ComputeLoss(ones, ones, RandomStream.FromSeed(1));
        ((double)engine.Outputs.Values.ToArray().Count(value => value == 4))
            .Should().BeApproximately(1000, 5 * Math.Sqrt(4000 * 0.25 * 0.75));
    }

    [Fact]
    public void A_prediction_drops_nothing()
    {
        Network<float> network = Network.Create<float>(5, seed: 1).Dropout(0.9).Build();
        network.Predict(Vector<float>.Build.Dense([1, 2, 3, 4, 5])).Should().Equal(1, 2, 3, 4, 5);
    }

    [Fact]
    public void Gradients_are_right_at_a_fixed_draw()
    {
        Network<double> network = Network.Create<double>(4, seed: 1).Dropout(0.3).Dense(8, new Tanh()).Dropout(0.5)
            .Dense(2).Build();
        GradientCheck.Run(
            network,
            new MeanSquaredError(),
            TestData.Uniform<double>(4, 5, seed: 2),
            TestData.Uniform<double>(2, 5, seed: 3)).EnsurePassed();
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    public void A_rate_out_of_range_is_refused(double rate) =>
        FluentActions.Invoking(() => new Dropout<float>(3, rate)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("rate must be at least 0 and below 1*");

    private static double[] Train(double rate, int count, RandomStream random)
    {
        Network<double> network = Network.Create<double>(count, seed: 1).Dropout(rate).Build();
        Matrix<double> ones = Matrix<double>.Build.Dense(count, 1, 1.0);
        var engine = new BackpropagationEngine<double>(network, new MeanSquaredError());
        engine.ComputeLoss(ones, ones, random);
        return engine.Outputs.Values.ToArray();
    }
}
