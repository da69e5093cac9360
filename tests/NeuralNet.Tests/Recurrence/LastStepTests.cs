using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Recurrence;

namespace NeuralNet.Tests.Recurrence;

public sealed class LastStepTests
{
    private static readonly FeatureShape _steps = new(3, 2);

    [Fact]
    public void It_passes_on_the_last_step_of_each_sample()
    {
        Network<float> network = Network.Create<float>(_steps, seed: 1).LastStep().Build();
        network.OutputShape.Should().Be(new FeatureShape(2));
        float[] outputs = new float[4];
        network.Predict([1, 2, 3, 4, 5, 6, -1, -2, -3, -4, -5, -6], outputs);
        outputs.Should().Equal(5, 6, -5, -6);
    }

    [Fact]
    public void The_gradient_of_all_other_steps_is_0()
    {
        Network<double> network = Network.Create<double>(_steps, seed: 1).LastStep().Build();
        var engine = new BackpropagationEngine<double>(network);
        engine.Forward(TestData.Uniform<double>(6, 2, seed: 2));
        double[] gradient = new double[12];
        Array.Fill(gradient, double.NaN);
        engine.Backward(Matrix<double>.Build.Dense(2, 2, [7, 8, 9, 10]), Gradients.For(network), new(gradient, 6, 2));
        gradient.Should().Equal(0, 0, 0, 0, 7, 8, 0, 0, 0, 0, 9, 10);
    }

    [Fact]
    public void What_is_no_sequence_is_refused_in_words()
    {
        FluentActions.Invoking(() => new LastStep<float>(12))
            .Should().Throw<ArgumentException>()
            .WithMessage("The input must be a sequence, steps × features, but it is 12 features*Reshape*");
        FluentActions.Invoking(() => new LastStep<float>(new FeatureShape(2, 3, 4)))
            .Should().Throw<ArgumentException>().WithMessage("*24 features (2 × 3 × 4)*");
    }
}
