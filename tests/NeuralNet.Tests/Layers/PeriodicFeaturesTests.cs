using MathNet.Numerics.LinearAlgebra;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Layers;

public sealed class PeriodicFeaturesTests
{
    [Fact]
    public void Each_number_becomes_its_sines_and_then_its_cosines()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).PeriodicFeatures(2).Build();
        network.OutputShape.Should().Be(new FeatureShape(2, 4));
        ((PeriodicFeatures<double>)network.Layers[0]).Frequencies.Value.SetSubMatrix(
            0, 0, Matrix<double>.Build.DenseOfArray(new[,] { { 0.25, 1 }, { 0.5, 0.125 } }));
        double[] waves = network.Predict([1.0, 2.0]);
        double[] expected = [1, 0, 0, -1, 0, 1, 1, 0];
        waves.Zip(expected).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 1e-15);
        Network.Create<double>(1, seed: 1).PeriodicFeatures(3).OutputShape.Should().Be(new FeatureShape(6));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(2, 17)]
    public void Gradients_are_right(int inputs, int frequencies)
    {
        GradientCheckReport report = GradientCheck.Run(
            new PeriodicFeatures<double>(inputs, frequencies, deviation: 0.4),
            TestData.Uniform<double>(inputs, 6, seed: 2));
        report.EnsurePassed();
        report.Comparisons.Should().HaveCount(2).And.OnlyContain(c => c.WorstRelativeError <= 1e-7);
    }

    [Fact]
    public void Frequencies_begin_with_the_deviation()
    {
        var layer = new PeriodicFeatures<float>(100, 100, deviation: 3);
        Network.Create<float>(100, seed: 1).Add(layer).Build();
        Math.Sqrt(layer.Frequencies.Values.ToArray().Average(c => c * c)).Should().BeApproximately(3, 0.1);
    }

    [Fact]
    public void Sizes_are_checked()
    {
        FluentActions.Invoking(() => new PeriodicFeatures<float>(2, 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new PeriodicFeatures<float>(2, 3, deviation: 0))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new PeriodicFeatures<float>(1 << 20, 1 << 11))
            .Should().Throw<ArgumentOutOfRangeException>();
    }
}
