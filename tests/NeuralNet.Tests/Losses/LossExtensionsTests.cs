using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Losses;

/// <summary>A loss of outputs, without a network.</summary>
public sealed class LossExtensionsTests
{
    private static readonly Matrix<double> _outputs = Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 3, 0 } });
    private static readonly Matrix<double> _targets = Matrix<double>.Build.DenseOfArray(new double[,] { { 0, 1, 3 } });

    [Fact]
    public void Losses_of_samples_their_mean_and_their_sum_are_those_of_training()
    {
        var loss = new MeanSquaredError();
        loss.OfEach(_outputs, _targets).Should().Equal(1, 4, 9);
        loss.Of(_outputs, _targets).Should().Be(14 / 3.0);
        loss.Of(_outputs, _targets, LossReduction.Sum).Should().Be(14);

        Network<float> network = Network.Create<float>(4, seed: 1).Dense(3).Build();
        var data = new DataSet<float>(
            TestData.Uniform<float>(4, 30, seed: 2),
            OneHot.Encode<float>([.. Enumerable.Range(0, 30).Select(i => i % 3)], 3));
        var entropy = new SoftmaxCrossEntropy(0.1);
        double expected = new Evaluator<float>(network, entropy).Evaluate(data).Loss;
        entropy.Of(network.Predict(data.Inputs), data.Targets).Should().Be(expected);
        entropy.Of(network.Predict(data.Inputs), data.Targets.ToMatrix()).Should().Be(expected);
        entropy.OfEach(network.Predict(data.Inputs), data.Targets).Should().HaveCount(30);
    }

    [Fact]
    public void Views_and_matrices_that_are_not_dense_are_taken_alike()
    {
        var loss = new MeanAbsoluteError();
        double expected = loss.Of(_outputs, _targets);
        var outputs = new ReadOnlyMatrixSpan<double>([1, 3, 0], 1, 3);
        loss.Of(outputs, new ReadOnlyMatrixSpan<double>([0, 1, 3], 1, 3)).Should().Be(expected);
        loss.Of(Matrix<double>.Build.SparseOfMatrix(_outputs), _targets).Should().Be(expected);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var loss = new MeanSquaredError();
        loss.Invoking(l => l.Of(_outputs, _targets.Transpose())).Should().Throw<ArgumentException>()
            .WithMessage("The targets must be 1 × 3 like the outputs, but are 3 × 1. A sample is a column.*");
        loss.Invoking(l => l.Of(default(ReadOnlyMatrixSpan<double>), default(ReadOnlyMatrixSpan<double>)))
            .Should().Throw<ArgumentException>().WithMessage("There must be at least one sample*");
        loss.Invoking(l => l.Of(_outputs, _targets, (LossReduction)7)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => ((ILoss)null!).OfEach(_outputs, _targets)).Should().Throw<ArgumentNullException>();
    }
}
