using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Backpropagation;

public sealed class GradientCheckTests
{
    private static readonly IActivation[] _activations =
        [new Identity(), new ReLU(), new LeakyReLU(0.1), new Sigmoid(), new Tanh(), new Softmax()];

    private static readonly ILoss[] _losses = [new MeanSquaredError(), new SoftmaxCrossEntropy()];

    public static TheoryData<IActivation, IActivation, ILoss> Combinations { get; } = new MatrixTheoryData();

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Every_activation_and_loss_is_differentiated_correctly(IActivation hidden, IActivation last, ILoss loss)
    {
        Network<double> network = Network.Create<double>(4, seed: 5).Dense(6, hidden).Dense(5, hidden).Dense(3, last).Build();
        GradientCheckReport report = GradientCheck.Run(
            network, loss, TestData.Uniform<double>(4, 5, seed: 6), TestData.Distributions(3, 5, seed: 7));

        report.EnsurePassed();
        report.WorstRelativeError.Should().BeLessThan(1e-7);
        report.Comparisons.Select(comparison => comparison.Name).Should().Equal(
            "dense1.weights", "dense1.biases", "dense2.weights", "dense2.biases", "dense3.weights", "dense3.biases", "input");
        (report.Checked + report.Kinks).Should().Be((int)network.ParameterCount + 20);
        report.Kinks.Should().BeLessThan(5);
    }

    [Fact]
    public void The_check_leaves_the_network_as_it_was()
    {
        Network<double> network = Network.Create<double>(4, seed: 5).Dense(3, new Tanh()).Build();
        double[][] before = network.Parameters.Select(parameter => parameter.Values.ToArray()).ToArray();
        Matrix<double> inputs = TestData.Uniform<double>(4, 2, seed: 6);
        double[] inputsBefore = inputs.ToColumnMajorArray();
        GradientCheck.Run(network, new MeanSquaredError(), inputs, TestData.Uniform<double>(3, 2, seed: 7));
        network.Parameters.Select(parameter => parameter.Values.ToArray()).Should().BeEquivalentTo(before);
        inputs.AsColumnMajorArray().Should().Equal(inputsBefore);
    }

    [Fact]
    public void Kinks_are_skipped_and_counted()
    {
        // z = 0 for the zero input: the weights' gradient is 0 on both sides, but the bias stands on the kink itself.
        Network<double> network = Network.Create<double>(1, seed: 5).Dense(1, new ReLU()).Build();
        GradientCheckReport report = GradientCheck.Run(
            network, new MeanSquaredError(), Matrix<double>.Build.Dense(1, 1), Matrix<double>.Build.Dense(1, 1, 1.0));
        report.Comparisons[1].Kinks.Should().Be(1);
        report.Passed.Should().BeFalse("a parameter whose every element was skipped is not proven");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_tolerance_out_of_range_is_refused(double tolerance) =>
        FluentActions.Invoking(() => GradientCheck.Run(
                Network.Create<double>(1, seed: 5).Dense(1).Build(),
                new MeanSquaredError(),
                Matrix<double>.Build.Dense(1, 1),
                Matrix<double>.Build.Dense(1, 1),
                tolerance))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(tolerance));

    private sealed class MatrixTheoryData : TheoryData<IActivation, IActivation, ILoss>
    {
        public MatrixTheoryData()
        {
            foreach (IActivation hidden in _activations)
            {
                foreach (IActivation last in _activations)
                {
                    foreach (ILoss loss in _losses.Where(loss => !(loss.Input == LossInput.Logits && last.OutputKind != OutputKind.Real)))
                    {
                        Add(hidden, last, loss);
                    }
                }
            }
        }
    }
}
