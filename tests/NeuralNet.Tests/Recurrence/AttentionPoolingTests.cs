using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Recurrence;

namespace NeuralNet.Tests.Recurrence;

public sealed class AttentionPoolingTests
{
    /// <summary>On paper.</summary>
    /// <remarks>
    /// <code>
    /// q = (2 ln 3, 0, 0, 0), √4 = 2   x₁ = (0, 1, 2, 3), x₂ = (1, 5, −2, 7)
    /// s = (0, ln 3), α = (¼, ¾)       a = (¾, 4, −1, 6)
    /// </code>
    /// </remarks>
    [Fact]
    public void Steps_are_weighed_by_the_softmax_of_their_scores()
    {
        Network<double> network = Network.Create<double>(new FeatureShape(2, 4), seed: 1).AttentionPooling().Build();
        network.OutputShape.Should().Be(new FeatureShape(4));
        network.Parameter("attentionPooling1.query").Set(
            Matrix<double>.Build.Dense(4, 1, [2 * Math.Log(3), 0, 0, 0]));
        Vector<double> a = network.Predict(Vector<double>.Build.Dense([0, 1, 2, 3, 1, 5, -2, 7]));
        (a - Vector<double>.Build.Dense([0.75, 4, -1, 6])).InfinityNorm().Should().BeLessThan(1e-14);
    }

    [Fact]
    public void A_query_of_0_gives_the_mean_and_a_large_one_overflows_nothing()
    {
        Network<float> mean = Network.Create<float>(new FeatureShape(2, 2), seed: 1)
            .AttentionPooling(new Zero()).Build();
        mean.Predict([1, 2, 3, 6]).Should().Equal(2, 4);
        Network<float> first = Network.Create<float>(new FeatureShape(2, 2), seed: 1)
            .AttentionPooling(new Constant(1e6)).Build();
        first.Predict([100, 200, -3, 6]).Should().Equal(100, 200);
    }

    [Fact]
    public void Gradients_are_right()
    {
        var layer = new AttentionPooling<double>(new FeatureShape(5, 3), new Uniform(-2, 2));
        GradientCheckReport report = GradientCheck.Run(layer, TestData.Uniform<double>(15, 6, seed: 2));
        report.Comparisons.Should().HaveCount(2)
            .And.OnlyContain(comparison => comparison.WorstRelativeError <= 1e-7, $"{report}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void The_number_of_threads_changes_no_bit(int threads)
    {
        Network<float> network = Network.Create<float>(new FeatureShape(40, 64), seed: 1)
            .PerStep(step => step.Dense(48)).AttentionPooling().Build();
        Run(network, threads).Should().Equal(Run(network, threads: 1));
    }

    [Fact]
    public void What_is_no_sequence_is_refused_in_words() =>
        FluentActions.Invoking(() => new AttentionPooling<float>(12))
            .Should().Throw<ArgumentException>().WithMessage("The input must be a sequence*12 features*");

    private static float[] Run(Network<float> network, int threads)
    {
        Matrix<float> inputs = TestData.Uniform<float>(40 * 64, 300, seed: 2);
        var engine = new BackpropagationEngine<float>(network, new MeanSquaredError(), threads);
        Gradients<float> gradients = Gradients.For(network);
        float[] inputGradient = new float[inputs.RowCount * inputs.ColumnCount];
        engine.Compute(inputs, TestData.Uniform<float>(48, 300, seed: 3), gradients, new(inputGradient, 40 * 64, 300));
        return
        [
            .. engine.Outputs.Values,
            .. network.Parameters.SelectMany(parameter => gradients[parameter].AsColumnMajorArray()),
            .. inputGradient,
        ];
    }
}
