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
        // Sample 1: errors 1 and 3, (1 + 9) / 2 = 5, gradient 2/2·(1, 3). Sample 2: errors −2 and 0, 4 / 2 = 2, (−2,
        // 0).
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
    public void Label_smoothing_spreads_a_share_of_the_targets_over_all_classes()
    {
        // e^z = (1, 3), t = (0, 1), s = 0.2: t becomes (0.1, 0.9), L = 0.1·log 4 + 0.9·log(4/3), gradient (1/4 − 0.1,
        // 3/4 − 0.9).
        (double[] losses, double[] gradient) = Compute(new SoftmaxCrossEntropy(0.2), 2, [0, Math.Log(3)], [0, 1]);
        losses[0].Should().BeApproximately(Math.Log(4) - (0.9 * Math.Log(3)), 1e-15);
        AssertClose(gradient, 0.15, -0.15);
    }

    [Fact]
    public void Class_weights_multiply_the_targets()
    {
        // t = (0, 1), w = (2, 0.5): u = (0, 0.5), L = 0.5·log(4/3), gradient 0.5·softmax − u.
        (double[] losses, double[] gradient) = Compute(
            new SoftmaxCrossEntropy(classWeights: [2, 0.5]), 2, [0, Math.Log(3)], [0, 1]);
        losses[0].Should().BeApproximately(0.5 * Math.Log(4.0 / 3), 1e-15);
        AssertClose(gradient, 0.125, -0.125);
    }

    [Fact]
    public void Class_weights_multiply_smoothed_targets()
    {
        // t becomes (0.1, 0.9), u = (0.2, 0.45), Σu = 0.65: L = 0.65·log 4 − 0.45·log 3, gradient 0.65·(1/4, 3/4) − u.
        (double[] losses, double[] gradient) = Compute(
            new SoftmaxCrossEntropy(0.2, [2, 0.5]), 2, [0, Math.Log(3)], [0, 1]);
        losses[0].Should().BeApproximately((0.65 * Math.Log(4)) - (0.45 * Math.Log(3)), 1e-15);
        AssertClose(gradient, -0.0375, 0.0375);
    }

    [Fact]
    public void Weights_of_1_change_nothing()
    {
        double[] outputs = [0.3, -1.2, 2.5, 0.1, 0.2, 0.3];
        double[] targets = [0, 1, 0, 0.5, 0.25, 0.25];
        (double[] losses, double[] gradient) = Compute(new SoftmaxCrossEntropy(), 3, outputs, targets);
        (double[] weighted, double[] weightedGradient) = Compute(
            new SoftmaxCrossEntropy(classWeights: [1, 1, 1]), 3, outputs, targets);
        weighted.Should().Equal(losses);
        weightedGradient.Should().Equal(gradient);
    }

    [Fact]
    public void Mean_absolute_error_is_the_mean_of_sizes_and_its_gradient_of_signs()
    {
        // Errors 1, −3, 0: (1 + 3 + 0) / 3; signs (1, −1, 0) / 3.
        (double[] losses, double[] gradient) = Compute(new MeanAbsoluteError(), 3, [1, 0, 7], [0, 3, 7]);
        losses[0].Should().BeApproximately(4.0 / 3, 1e-15);
        AssertClose(gradient, 1.0 / 3, -1.0 / 3, 0);
    }

    [Fact]
    public void Huber_is_quadratic_near_the_target_and_linear_far_from_it()
    {
        // Errors 0.5 and −3: ½·0.25 = 0.125 and 1·(3 − ½) = 2.5, mean 1.3125; gradient (0.5, −1) / 2.
        (double[] losses, double[] gradient) = Compute(new Huber(), 2, [0.5, -3], [0, 0]);
        losses[0].Should().Be(1.3125);
        gradient.Should().Equal(0.25, -0.5);

        // δ = 2, error 3: 2·(3 − 1) = 4; gradient 2. Error 2: ½·4 = 2 on either branch.
        (losses, gradient) = Compute(new Huber(2), 1, [3, 2], [0, 0]);
        losses.Should().Equal(4, 2);
        gradient.Should().Equal(2, 2);
    }

    [Fact]
    public void Quantile_loss_weighs_errors_by_side_and_level()
    {
        // Levels 0.1 and 0.9, errors 2 and −1 of a first number, 0 and 3 of a second: 0.9·2 + 0.9·1 + 0 + 0.1·3 = 3, a
        // quarter of it; gradient (0.9, −0.9, 0, 0.1) / 4.
        var loss = new QuantileLoss(0.1, 0.9);
        (double[] losses, double[] gradient) = Compute(loss, 4, [3, 0, 5, 8], [1, 1, 5, 5]);
        losses[0].Should().BeApproximately(0.75, 1e-15);
        AssertClose(gradient, 0.225, -0.225, 0, 0.025);

        // The least loss is at the quantile: of 1 … 10 at 0.25, between 2 and 3 targets below.
        double[] targets = [.. Enumerable.Range(1, 10).Select(i => (double)i)];
        double Of(double output) =>
            Compute(new QuantileLoss(0.25), 1, [.. targets.Select(_ => output)], targets).Losses.Sum();
        Enumerable.Range(0, 111).Select(i => i / 10.0).MinBy(Of).Should().Be(3);

        (losses, gradient) = Compute(loss, 2, [double.NaN, 0], [0, 0]);
        losses[0].Should().Be(double.NaN);
        gradient[0].Should().Be(double.NaN);
    }

    [Fact]
    public void Levels_of_quantiles_are_between_0_and_1_and_ascend()
    {
        FluentActions.Invoking(() => new QuantileLoss()).Should().Throw<ArgumentException>()
            .WithMessage("There must be at least one quantile*").WithParameterName("quantiles");
        FluentActions.Invoking(() => new QuantileLoss(0.5, 1)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("quantiles[1] must be above 0 and below 1, but it is 1.*");
        FluentActions.Invoking(() => new QuantileLoss(0.5, 0.5)).Should().Throw<ArgumentException>()
            .WithMessage("quantiles must ascend, but 0.5 follows 0.5.*");
        FluentActions.Invoking(() => Compute(new QuantileLoss(0.1, 0.9), 3, [1, 2, 3], [1, 2, 3]))
            .Should().Throw<ArgumentException>().WithMessage(
                "The loss 'quantile loss' has 2 levels, so a sample must have a multiple of 2 outputs, but it has 3.*")
            .WithParameterName("outputs");
    }

    [Fact]
    public void Log_cosh_keeps_its_digits_near_zero_and_far_from_it()
    {
        // e^r = 2: cosh r = (2 + ½) / 2 = 1.25, tanh r = (2 − ½) / (2 + ½) = 0.6. Near 0: r²/2 and r. Far: |r| − log 2
        // and ±1.
        (double[] losses, double[] gradient) = Compute(new LogCosh(), 1, [Math.Log(2), 1e-8, -1e4], [0, 0, 0]);
        losses[0].Should().BeApproximately(Math.Log(1.25), 1e-16);
        gradient[0].Should().BeApproximately(0.6, 1e-15);
        losses[1].Should().BeApproximately(5e-17, 1e-31);
        gradient[1].Should().BeApproximately(1e-8, 1e-22);
        losses[2].Should().Be(1e4 - Math.Log(2));
        gradient[2].Should().Be(-1);
    }

    [Fact]
    public void Binary_cross_entropy_is_minus_the_log_of_the_probability_of_the_right_answer()
    {
        // o = 1/4. t = 1: log 4, (1/4 − 1) / (3/16) = −4. t = 0: −log(3/4), (1/4) / (3/16) = 4/3.
        (double[] losses, double[] gradient) = Compute(new BinaryCrossEntropy(), 1, [0.25, 0.25], [1, 0]);
        AssertClose(losses, Math.Log(4), -Math.Log(0.75));
        AssertClose(gradient, -4, 4.0 / 3);
    }

    [Fact]
    public void Binary_cross_entropy_is_held_where_a_probability_is_0()
    {
        // Logarithms at −100, the denominator at 10⁻¹²; a right answer costs nothing.
        (double[] losses, double[] gradient) = Compute(new BinaryCrossEntropy(), 1, [0, 1, 0, 1], [1, 0, 0, 1]);
        losses.Should().Equal(100, 100, 0, 0);
        gradient.Should().Equal(-1 / 1e-12, 1 / 1e-12, 0, 0);
        Compute(new BinaryCrossEntropy(), 1, [1.5], [1]).Losses[0].Should().Be(double.NaN, "it is no probability");
    }

    [Fact]
    public void Sigmoid_cross_entropy_is_binary_cross_entropy_of_the_sigmoid()
    {
        // σ(log 3) = 3/4. t = 1: −log(3/4), 3/4 − 1. t = 0: log 4, 3/4.
        double z = Math.Log(3);
        (double[] losses, double[] gradient) = Compute(new SigmoidCrossEntropy(), 1, [z, z], [1, 0]);
        AssertClose(losses, -Math.Log(0.75), Math.Log(4));
        AssertClose(gradient, -0.25, 0.75);
    }

    [Fact]
    public void The_positive_weight_multiplies_what_positive_answers_cost()
    {
        // As above, with twice the loss and the gradient for t = 1; t = ½ takes half of each.
        double z = Math.Log(3);
        (double[] losses, double[] gradient) = Compute(new SigmoidCrossEntropy(2), 1, [z, z, z], [1, 0, 0.5]);
        AssertClose(losses, -2 * Math.Log(0.75), Math.Log(4), -Math.Log(0.75) + Math.Log(2));
        AssertClose(gradient, -0.5, 0.75, -0.25 + 0.375);
    }

    [Fact]
    public void Negative_log_likelihood_picks_the_logarithm_of_the_right_class()
    {
        double[] o = [Math.Log(0.25), Math.Log(0.75)];
        (double[] losses, double[] gradient) = Compute(new NegativeLogLikelihood(), 2, o, [0, 1]);
        losses[0].Should().Be(-Math.Log(0.75));
        gradient.Should().Equal(0, -1);

        (losses, gradient) = Compute(new NegativeLogLikelihood([2, 0.5]), 2, o, [0, 1]);
        losses[0].Should().Be(-0.5 * Math.Log(0.75));
        gradient.Should().Equal(0, -0.5);
    }

    [Fact]
    public void Kullback_Leibler_divergence_is_a_sum_over_the_outputs_with_0_log_0_as_0()
    {
        // p = (1/4, 3/4). t = (½, ½): ½ log 2 + ½ log(2/3) = ½ log(4/3). t = (0, 1): log(4/3). t = p: 0.
        double[] o = [Math.Log(0.25), Math.Log(0.75)];
        (double[] losses, double[] gradient) = Compute(
            new KullbackLeiblerDivergence(), 2, [.. o, .. o, .. o], [0.5, 0.5, 0, 1, 0.25, 0.75]);
        AssertClose(losses, 0.5 * Math.Log(4.0 / 3), Math.Log(4.0 / 3), 0);
        gradient.Should().Equal(-0.5, -0.5, 0, -1, -0.25, -0.75);
    }

    [Fact]
    public void Hinge_is_what_is_missing_from_the_margin()
    {
        // t·o = 0.25, −0.25, 2, 1: missing 0.75, 1.25, nothing, and nothing on the margin itself. A target of 0 has no
        // side.
        (double[] losses, double[] gradient) = Compute(new Hinge(), 1, [0.25, 0.25, 2, 1, 5], [1, -1, 1, 1, 0]);
        losses.Should().Equal(0.75, 1.25, 0, 0, 1);
        gradient.Should().Equal(-1, 1, 0, 0, 0);
    }

    [Fact]
    public void Squared_hinge_is_its_square()
    {
        // 0.75² = 0.5625, −2·0.75; 1.25² = 1.5625, 2·1.25; nothing.
        (double[] losses, double[] gradient) = Compute(new SquaredHinge(), 1, [0.25, 0.25, 2], [1, -1, 1]);
        losses.Should().Equal(0.5625, 1.5625, 0);
        gradient.Should().Equal(-1.5, 2.5, 0);
    }

    [Fact]
    public void Poisson_takes_the_logarithm_of_a_rate_or_the_rate()
    {
        // Rate 2, count 3: 2 − 3 log 2. Derivative by the logarithm 2 − 3, by the rate 1 − 3/2.
        (double[] losses, double[] gradient) = Compute(new Poisson(), 1, [Math.Log(2)], [3]);
        AssertClose(losses, 2 - (3 * Math.Log(2)));
        AssertClose(gradient, -1);

        (losses, gradient) = Compute(new Poisson(logInput: false, epsilon: 1e-30), 1, [2], [3]);
        AssertClose(losses, 2 - (3 * Math.Log(2)));
        AssertClose(gradient, -0.5);
    }

    [Fact]
    public void Cosine_similarity_looks_at_directions_only()
    {
        // (3, 4)·(4, 3) = 24 of 5·5: 1 − 24/25; gradient (24/25·(3, 4) − (4, 3)) / 25 = (−1.12, 0.84) / 25.
        (double[] losses, double[] gradient) = Compute(new CosineSimilarity(), 2, [3, 4], [4, 3]);
        losses[0].Should().BeApproximately(0.04, 1e-13);
        gradient[0].Should().BeApproximately(-0.0448, 1e-13);
        gradient[1].Should().BeApproximately(0.0336, 1e-13);

        // The same direction, the opposite one, and none.
        (losses, gradient) = Compute(new CosineSimilarity(), 2, [3, 4, 3, 4, 0, 0], [6, 8, -3, -4, 1, 0]);
        losses[0].Should().BeApproximately(0, 1e-12);
        losses[1].Should().BeApproximately(2, 1e-12);
        losses[2].Should().Be(1);
        gradient[4].Should().BeApproximately(-1e6, 1e-3, "−t/√(ε·|t|²)");
    }

    [Fact]
    public void A_loss_of_ones_own_is_a_formula_and_its_derivative()
    {
        // |r|³ of errors 1 and −2: (1 + 8) / 2, gradient 3r|r| / 2 = (3, −12) / 2.
        (double[] losses, double[] gradient) = Compute(new CubicError(), 2, [1, -2], [0, 0]);
        losses.Should().Equal(4.5);
        gradient.Should().Equal(1.5, -6);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_hyperparameter_that_is_not_positive_is_refused(double value)
    {
        FluentActions.Invoking(() => new Huber(value)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("delta must be a finite number above 0*");
        FluentActions.Invoking(() => new SigmoidCrossEntropy(value)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("positiveWeight must be a finite number above 0*");
        FluentActions.Invoking(() => new Poisson(epsilon: value)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("epsilon must be a finite number above 0*");
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    [InlineData(double.NaN)]
    public void A_smoothing_out_of_range_is_refused(double smoothing) =>
        FluentActions.Invoking(() => new SoftmaxCrossEntropy(smoothing)).Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("labelSmoothing must be at least 0 and below 1*");

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_class_weight_out_of_range_is_refused_by_its_place(double weight)
    {
        FluentActions.Invoking(() => new SoftmaxCrossEntropy(classWeights: [1, weight]))
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("classWeights[1] must be a finite number, at least 0*");
        FluentActions.Invoking(() => new NegativeLogLikelihood([1, weight]))
            .Should().Throw<ArgumentOutOfRangeException>()
            .WithMessage("classWeights[1] must be a finite number, at least 0*");
        FluentActions.Invoking(() => new NegativeLogLikelihood([])).Should().Throw<ArgumentException>()
            .WithMessage("*the list is empty*");
    }

    [Fact]
    public void Class_weights_are_copied()
    {
        double[] weights = [1, 2];
        var loss = new NegativeLogLikelihood(weights);
        weights[0] = 5;
        loss.ClassWeights.Should().Equal(1, 2);
    }

    [Fact]
    public void Class_weights_for_another_number_of_outputs_are_refused()
    {
        FluentActions.Invoking(() => Compute(new SoftmaxCrossEntropy(classWeights: [1, 2]), 3, [0, 0, 0], [1, 0, 0]))
            .Should().Throw<ArgumentException>()
            .WithMessage(
                "The loss 'softmax cross-entropy' has 2 class weights, so a sample must have 2 outputs, but it has "
                + "3.*");
        FluentActions.Invoking(() => Compute(new NegativeLogLikelihood([1, 2]), 3, [0, 0, 0], [1, 0, 0]))
            .Should().Throw<ArgumentException>().WithMessage("*2 class weights*it has 3.*");
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(600)]
    public void Samples_of_many_outputs_are_summed_to_their_end(int outputs)
    {
        // Errors 0, 1, …, m − 1 and their negatives: Σ i² / m = (m − 1)(2m − 1) / 6 in both samples; gradient ±2i / m.
        double[] errors = [.. Enumerable.Range(0, outputs).Select(i => (double)i)];
        double[] negatives = [.. errors.Select(error => -error)];
        (double[] losses, double[] gradient) = Compute(
            new MeanSquaredError(), outputs, [.. errors, .. negatives], new double[2 * outputs]);
        losses.Should().Equal((outputs - 1) * ((2 * outputs) - 1) / 6.0, (outputs - 1) * ((2 * outputs) - 1) / 6.0);
        AssertClose(
            gradient,
            [.. errors.Select(error => 2 * error / outputs), .. negatives.Select(error => 2 * error / outputs)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(599)]
    public void Each_of_many_classes_has_its_own_weight(int target)
    {
        // All logits 0: every share is 1/600 and every −log of it log 600. Weights w_i = i + 1, Σ w = 180,300, s = 0.1:
        // u_i = w_i (0.9·t_i + 0.1/600), Σ u = 0.9·w_target + 30.05, L = Σ u·log 600, gradient Σ u/600 − u_i.
        double[] weights = [.. Enumerable.Range(1, 600).Select(i => (double)i)];
        double[] t = new double[600];
        t[target] = 1;
        (double[] losses, double[] gradient) = Compute(new SoftmaxCrossEntropy(0.1, weights), 600, new double[600], t);
        double sum = (0.9 * (target + 1)) + 30.05;
        losses[0].Should().BeApproximately(sum * Math.Log(600), 1e-13 * sum * Math.Log(600));
        for (int i = 0; i < 600; i++)
        {
            double u = weights[i] * ((0.9 * t[i]) + (0.1 / 600));
            gradient[i].Should().BeApproximately((sum / 600) - u, 1e-13 * (target + 2));
        }
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

    private static void AssertClose(double[] actual, params double[] expected)
    {
        actual.Should().HaveSameCount(expected);
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].Should().BeApproximately(expected[i], 1e-15 * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    private static (double[] Losses, double[] Gradient) Compute(
        ILoss loss, int rows, double[] outputs, double[] targets)
    {
        LossResult<double> result = LossResult<double>.Of(loss, rows, outputs, targets);
        return (result.Losses, result.Gradient);
    }

    private sealed class CubicError : ElementwiseLoss
    {
        public override string Name => "cubic error";

        protected override void Evaluate<T>(
            ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives)
        {
            for (int i = 0; i < outputs.Length; i++)
            {
                T r = outputs[i] - targets[i];
                values[i] = T.Abs(r) * r * r;
                derivatives[i] = T.CreateChecked(3) * r * T.Abs(r);
            }
        }
    }
}
