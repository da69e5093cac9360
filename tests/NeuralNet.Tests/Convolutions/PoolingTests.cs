using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Convolutions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Convolutions;

public sealed class PoolingTests
{
    [Fact]
    public void Windows_worked_by_hand()
    {
        // 1 2 3
        // 4 9 6
        // 7 8 5
        double[] image = [1, 2, 3, 4, 9, 6, 7, 8, 5];
        Pool(builder => builder.MaxPooling(2, stride: 1), image).Should().Equal(9, 9, 9, 9);
        Pool(builder => builder.MaxPooling(2), image).Should().Equal(9);
        Pool(builder => builder.MaxPooling(2, padding: Padding.Same), image).Should().Equal(9, 6, 8, 5);
        Pool(builder => builder.MaxPooling((1, 3)), image).Should().Equal(3, 9, 8);
        Pool(builder => builder.AveragePooling(2, stride: 1), image).Should().Equal(4, 5, 7, 7);
        Pool(builder => builder.AveragePooling(2, padding: (1, 0, 1, 0)), image).Should().Equal(1, 2.5, 5.5, 7);
        Pool(builder => builder.AveragePooling(2, padding: (1, 0, 1, 0), countPadding: true), image)
            .Should().Equal(0.25, 1.25, 2.75, 7);
        Pool(builder => builder.GlobalMaxPooling(), image).Should().Equal(9);
        Pool(builder => builder.GlobalAveragePooling(), image).Should().Equal(5);
    }

    [Fact]
    public void NaN_is_not_lost_in_a_maximum()
    {
        for (int channels = 1; channels <= 40; channels += 13)
        {
            for (int place = 0; place < 4; place++)
            {
                double[] image = new double[4 * channels];
                Array.Fill(image, double.NegativeInfinity);
                image.AsSpan(place * channels, channels).Fill(double.NaN);
                Network.Create<double>(new FeatureShape(2, 2, channels), seed: 1).MaxPooling(2).Build()
                    .Predict(Vector<double>.Build.Dense(image)).Should().OnlyContain(value => double.IsNaN(value));
                Network.Create<double>(new FeatureShape(2, 2, channels), seed: 1).GlobalMaxPooling().Build()
                    .Predict(Vector<double>.Build.Dense(image)).Should().OnlyContain(value => double.IsNaN(value));
            }
        }
    }

    [Theory]
    [InlineData(2, 2, 6)] // windows side by side that cover the image
    [InlineData(2, 2, 7)] // a rest that is in no window
    [InlineData(2, 3, 8)] // gaps between the windows
    [InlineData(3, 2, 7)] // windows that overlap
    [InlineData(1, 2, 7)]
    public void The_gradient_goes_to_the_largest_pixel_of_each_window_and_elsewhere_is_0(int size, int stride, int side)
    {
        foreach (int channels in (int[])[1, 6, 16, 35])
        {
            Network<float> network =
                Network.Create<float>(new FeatureShape(side, side, channels), seed: 1).MaxPooling(size, stride).Build();
            var random = new Random(channels);
            float[] images = [.. Enumerable.Range(0, 3 * network.InputSize).Select(_ => random.NextSingle())];
            float[] gradients = [.. Enumerable.Range(0, 3 * network.OutputSize).Select(_ => random.NextSingle())];
            float[] expected = new float[images.Length];
            int windows = ((side - size) / stride) + 1;
            for (int output = 0; output < gradients.Length; output++)
            {
                (int pixel, int c) = Math.DivRem(output, channels);
                (int row, int x) = Math.DivRem(pixel, windows);
                (int n, int y) = Math.DivRem(row, windows);
                int largest =
                    (from i in Enumerable.Range(0, size)
                     from j in Enumerable.Range(0, size)
                     select (((((n * side) + (y * stride) + i) * side) + (x * stride) + j) * channels) + c)
                    .MaxBy(at => images[at]);
                expected[largest] += gradients[output];
            }

            float[] found = new float[images.Length];
            Array.Fill(found, float.NaN);
            var engine = new BackpropagationEngine<float>(network);
            engine.Forward(new ReadOnlyMatrixSpan<float>(images, network.InputSize, 3));
            engine.Backward(
                new ReadOnlyMatrixSpan<float>(gradients, network.OutputSize, 3),
                Gradients.For(network),
                new MatrixSpan<float>(found, network.InputSize, 3));
            found.Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-6f);
        }
    }

    [Fact]
    public void A_window_that_may_lie_in_the_padding_alone_is_refused()
    {
        FluentActions.Invoking(() => new MaxPooling<float>(new FeatureShape(4, 4, 1), 2, padding: 2))
            .Should().Throw<ArgumentException>().WithMessage("A window of 2 would lie in a padding of 2 alone*");
        FluentActions.Invoking(() => new AveragePooling<float>(new FeatureShape(4, 4, 1), 5))
            .Should().Throw<ArgumentException>().WithMessage("The image is 4 × 4, the window 5 × 5*");
        FluentActions.Invoking(() => new MaxPooling<float>(16, 2))
            .Should().Throw<ArgumentException>().WithMessage("The input must be an image*");
        FluentActions.Invoking(() => new GlobalMaxPooling<float>(16))
            .Should().Throw<ArgumentException>().WithMessage("The input must be an image*");

        // The padding that no window reaches does no harm.
        new MaxPooling<float>(new FeatureShape(4, 4, 1), 2, stride: 8, padding: (0, 3, 0, 3)).OutputShape
            .Should().Be(new FeatureShape(1, 1, 1));
    }

    private static Vector<double> Pool(
        Func<NetworkBuilder<double>, NetworkBuilder<double>> layer, double[] image) =>
        layer(Network.Create<double>(new FeatureShape(3, 3, 1), seed: 1)).Build()
            .Predict(Vector<double>.Build.Dense(image));
}
