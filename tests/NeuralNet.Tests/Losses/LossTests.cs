using System.Numerics;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;

namespace NeuralNet.Tests.Losses;

public sealed class LossTests
{
    [Fact]
    public void Mean_squared_error_of_one_output_is_the_square_and_its_gradient_twice_the_error()
    {
        // (0.8 − 0.5)² = 0.09; 2(0.8 − 0.5) = 0.6. No hidden ½.
        (double[] losses, double[] gradient) = Compute(new MeanSquaredError(), 1, [0.8], [0.5]);
        losses[0].Should().BeApproximately(0.09, 1e-16);
        gradient[0].Should().BeApproximately(0.6, 1e-15);
    }

    [Fact]
    public void Mean_squared_error_is_the_mean_over_the_outputs_of_each_sample()
    {
        // Sample 1: errors 1 and 3, (1 + 9) / 2 = 5, gradient 2/2·(1, 3). Sample 2: errors −2 and 0, 4 / 2 = 2, (−2, 0).
        (double[] losses, double[] gradient) = Compute(new MeanSquaredError(), 2, [1, 3, 0, 7], [0, 0, 2, 7]);
        losses.Should().Equal(5, 2);
        gradient.Should().Equal(1, 3, -2, 0);
    }

    [Fact]
    public void Softmax_cross_entropy_of_one_hot_targets_is_minus_the_log_of_the_right_share()
    {
        // e^z = (1, 3): softmax (1/4, 3/4). Target class 1: −log 3/4; gradient (1/4, 3/4 − 1).
        (double[] losses, double[] gradient) = Compute(new SoftmaxCrossEntropy(), 2, [0, Math.Log(3)], [0, 1]);
        losses[0].Should().BeApproximately(-Math.Log(0.75), 1e-15);
        gradient[0].Should().BeApproximately(0.25, 1e-15);
        gradient[1].Should().BeApproximately(-0.25, 1e-15);
    }

    [Fact]
    public void Softmax_cross_entropy_takes_targets_that_do_not_sum_to_1_as_they_are()
    {
        // L = Σ tᵢ(log Σ e^z − zᵢ) with t = (2, 1), e^z = (1, 3): 2·log 4 + (log 4 − log 3); gradient 3·softmax − t.
        (double[] losses, double[] gradient) = Compute(new SoftmaxCrossEntropy(), 2, [0, Math.Log(3)], [2, 1]);
        losses[0].Should().BeApproximately((3 * Math.Log(4)) - Math.Log(3), 1e-14);
        gradient[0].Should().BeApproximately(0.75 - 2, 1e-15);
        gradient[1].Should().BeApproximately(2.25 - 1, 1e-15);
    }

    [Fact]
    public void Large_logits_give_the_exact_loss_and_no_NaN()
    {
        // log(e^1e4 + e^−1e4) = 1e4: a right answer costs 0, a wrong one 2e4.
        AssertExtremes<float>();
        AssertExtremes<double>();
    }

    private static void AssertExtremes<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T large = T.CreateChecked(1e4);
        T[] losses = new T[2];
        T[] gradient = new T[4];
        new SoftmaxCrossEntropy().Compute(
            new ReadOnlyMatrixSpan<T>([large, -large, large, -large], 2, 2),
            new ReadOnlyMatrixSpan<T>([T.One, T.Zero, T.Zero, T.One], 2, 2),
            losses,
            new MatrixSpan<T>(gradient, 2, 2));
        losses.Should().Equal(T.Zero, T.CreateChecked(2e4));
        gradient.Should().Equal(T.Zero, T.Zero, T.One, -T.One);
    }

    private static (double[] Losses, double[] Gradient) Compute(ILoss loss, int rows, double[] outputs, double[] targets)
    {
        int columns = outputs.Length / rows;
        double[] losses = new double[columns];
        double[] gradient = new double[outputs.Length];
        loss.Compute<double>(new(outputs, rows, columns), new(targets, rows, columns), losses, new(gradient, rows, columns));
        return (losses, gradient);
    }
}
