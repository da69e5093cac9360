using NeuralNet.Optimizers;

namespace NeuralNet.Tests.Optimizers;

/// <summary>Steps worked by hand: θ = 1, gradients 0.5 and then −0.25.</summary>
public sealed class OptimizerTests
{
    [Fact]
    public void Plain_descent_follows_the_gradient() =>
        // 1 − 0.1·0.5 = 0.95; 0.95 + 0.1·0.25 = 0.975.
        Run(new Sgd(0.1)).Should().BeApproximately(0.975, 1e-15);

    [Fact]
    public void Momentum_keeps_a_velocity() =>
        // v = 0.5, θ = 0.95; v = 0.9·0.5 − 0.25 = 0.2, θ = 0.95 − 0.02 = 0.93.
        Run(new Sgd(0.1, momentum: 0.9)).Should().BeApproximately(0.93, 1e-15);

    [Fact]
    public void Nesterov_looks_ahead() =>
        // v = 0.5, θ = 1 − 0.1·(0.5 + 0.45) = 0.905; v = 0.2, θ = 0.905 − 0.1·(−0.25 + 0.18) = 0.912.
        Run(new Sgd(0.1, momentum: 0.9, nesterov: true)).Should().BeApproximately(0.912, 1e-15);

    [Fact]
    public void Adam_divides_the_mean_by_the_root_of_the_mean_square()
    {
        // Step 1: m = 0.05, v = 0.00025, m̂ = 0.5, v̂ = 0.25: θ = 1 − 0.1·0.5 / (0.5 + ε).
        // Step 2: m = 0.045 − 0.025 = 0.02, v = 0.00024975 + 0.0000625 = 0.00031225,
        //         m̂ = 0.02 / 0.19, v̂ = 0.00031225 / 0.001999.
        const double epsilon = 1e-8;
        double first = 1 - (0.1 * 0.5 / (0.5 + epsilon));
        double second = first - (0.1 * (0.02 / 0.19) / (Math.Sqrt(0.00031225 / 0.001999) + epsilon));
        Run(new Adam(0.1)).Should().BeApproximately(second, 1e-14);
    }

    [Fact]
    public void Dampening_leaves_out_a_share_of_all_gradients_but_the_first() =>
        // v = 0.5, θ = 0.95; v = 0.9·0.5 − 0.5·0.25 = 0.325, θ = 0.95 − 0.0325 = 0.9175.
        Run(new Sgd(0.1, momentum: 0.9, dampening: 0.5)).Should().BeApproximately(0.9175, 1e-15);

    [Fact]
    public void An_l2_penalty_is_part_of_the_gradient() =>
        // g = 0.5 + 0.1·1 = 0.6, θ = 0.94; g = −0.25 + 0.1·0.94 = −0.156, θ = 0.94 + 0.0156 = 0.9556.
        Run(new Sgd(0.1, l2Penalty: 0.1)).Should().BeApproximately(0.9556, 1e-15);

    [Fact]
    public void Weight_decay_is_no_part_of_the_gradient()
    {
        // The first step of Adam is η whatever the gradient: with λ = 0.5, θ = 1 − 0.1·0.5·1 − 0.1 = 0.85. The penalty
        // changes g from 0.5 to 1, and the step not at all.
        Run(new AdamW(0.1, weightDecay: 0.5), steps: 1).Should().BeApproximately(0.85, 1e-8);
        Run(new Adam(0.1, l2Penalty: 0.5), steps: 1).Should().BeApproximately(0.9, 1e-8);
    }

    [Fact]
    public void AMSGrad_divides_by_the_largest_mean_square()
    {
        // β₂ = 0.5. Step 1: m = 0.05, v = 0.125, m̂ = 0.5, v̂ = 0.125 / 0.5 = 0.25: θ = 1 − 0.1 = 0.9.
        // Step 2: m = 0.02, v = 0.0625 + 0.03125 = 0.09375, less than 0.125: v̂ = 0.125 / 0.75.
        double second = 0.9 - (0.1 * (0.02 / 0.19) / Math.Sqrt(0.125 / 0.75));
        Run(new Adam(0.1, beta2: 0.5, epsilon: 1e-20, amsGrad: true)).Should().BeApproximately(second, 1e-15);
        Run(new AdamW(0.1, beta2: 0.5, epsilon: 1e-20, weightDecay: 0, amsGrad: true))
            .Should().BeApproximately(second, 1e-15);
    }

    [Fact]
    public void RMSProp_divides_by_the_root_of_the_mean_square()
    {
        // v = 0.1·0.25 = 0.025, d = 0.5 / √0.025; v = 0.0225 + 0.00625 = 0.02875, d = −0.25 / √0.02875.
        double d1 = 0.5 / Math.Sqrt(0.025);
        double d2 = -0.25 / Math.Sqrt(0.02875);
        Run(new RmsProp(0.1, alpha: 0.9, epsilon: 1e-20)).Should().BeApproximately(1 - (0.1 * d1) - (0.1 * d2), 1e-15);

        // With momentum 0.5: b = d1, then b = d1 / 2 + d2.
        Run(new RmsProp(0.1, alpha: 0.9, epsilon: 1e-20, momentum: 0.5))
            .Should().BeApproximately(1 - (0.1 * d1) - (0.1 * ((0.5 * d1) + d2)), 1e-15);
    }

    [Fact]
    public void Centred_RMSProp_divides_by_the_standard_deviation()
    {
        // m = 0.05, v − m² = 0.025 − 0.0025 = 0.0225, its root 0.15;
        // m = 0.045 − 0.025 = 0.02, v − m² = 0.02875 − 0.0004 = 0.02835.
        double expected = 1 - (0.1 * 0.5 / 0.15) + (0.1 * 0.25 / Math.Sqrt(0.02835));
        Run(new RmsProp(0.1, alpha: 0.9, epsilon: 1e-20, centered: true)).Should().BeApproximately(expected, 1e-15);
    }

    [Fact]
    public void Centred_RMSProp_survives_a_variance_that_rounding_makes_negative()
    {
        // Constant gradients have no variance; of v − m², nothing but rounding errors is left.
        var optimizer = new RmsProp(1e-9, centered: true);
        float[] values = new float[64];
        float[] slots = new float[128];
        float[] gradient = Enumerable.Range(1, 64).Select(i => i / 7f).ToArray();
        for (int step = 1; step <= 3000; step++)
        {
            optimizer.Step<float>(values, gradient, new(slots, 2), new(step, 1e-9));
        }

        values.Should().OnlyContain(value => float.IsFinite(value));
    }

    [Fact]
    public void Adagrad_divides_by_the_root_of_the_sum_of_squares()
    {
        // s = 0.25, θ = 1 − 0.1·0.5 / 0.5 = 0.9; s = 0.3125, θ = 0.9 + 0.1·0.25 / √0.3125.
        Run(new Adagrad(0.1, epsilon: 1e-20)).Should().BeApproximately(0.9 + (0.025 / Math.Sqrt(0.3125)), 1e-15);

        // With s₀ = 0.75: s = 1, θ = 0.95; s = 1.0625.
        Run(new Adagrad(0.1, initialAccumulator: 0.75, epsilon: 1e-20))
            .Should().BeApproximately(0.95 + (0.025 / Math.Sqrt(1.0625)), 1e-15);

        // With κ = 1 the second step is made at half the rate.
        Run(new Adagrad(0.1, learningRateDecay: 1, epsilon: 1e-20))
            .Should().BeApproximately(0.9 + (0.0125 / Math.Sqrt(0.3125)), 1e-15);
    }

    [Fact]
    public void Adadelta_makes_steps_of_the_steps_before()
    {
        // ε = 0.01. v = 0.025, d = √(0.01 / 0.035)·0.5, u = 0.1·d²; v = 0.02875, d = −√((u + 0.01) / 0.03875)·0.25.
        double d1 = 0.5 * Math.Sqrt(0.01 / 0.035);
        double d2 = -0.25 * Math.Sqrt(((0.1 * d1 * d1) + 0.01) / 0.03875);
        Run(new Adadelta(epsilon: 0.01)).Should().BeApproximately(1 - d1 - d2, 1e-15);
    }

    [Fact]
    public void Adamax_divides_by_the_largest_gradient()
    {
        // ε = 0.1 is added to |g|. m = 0.05, u = 0.6, θ = 1 − 0.1 / 0.1·0.05 / 0.6; m = 0.02, u = max(0.999·0.6, 0.35)
        // = 0.5994, θ ← θ − 0.1 / 0.19·0.02 / 0.5994.
        double expected = 1 - (0.05 / 0.6) - (0.1 / 0.19 * 0.02 / 0.5994);
        Run(new Adamax(0.1, epsilon: 0.1)).Should().BeApproximately(expected, 1e-15);
    }

    [Fact]
    public void NAdam_looks_ahead()
    {
        // ψ = 0: μ = 0.45 in every step. m = 0.05, √v̂ = 0.5, m̂ = 0.45·0.05 / (1 − 0.45²) + 0.55·0.5 / (1 − 0.45).
        // m = 0.02, v̂ = 0.00031225 / 0.001999, m̂ = 0.45·0.02 / (1 − 0.45³) − 0.55·0.25 / (1 − 0.45²).
        double first = (0.0225 / 0.7975) + 0.5;
        double second = (0.009 / (1 - 0.091125)) - (0.1375 / 0.7975);
        Run(new NAdam(0.1, epsilon: 1e-20, momentumDecay: 0))
            .Should()
            .BeApproximately(1 - (0.1 * first / 0.5) - (0.1 * second / Math.Sqrt(0.00031225 / 0.001999)), 1e-14);
    }

    [Fact]
    public void RAdam_begins_with_momentum_alone() =>
        // ρ₁ and ρ₂ are below 5. m̂ = 0.5, θ = 0.95; m̂ = 0.02 / 0.19.
        Run(new RAdam(0.1)).Should().BeApproximately(0.95 - (0.1 * 0.02 / 0.19), 1e-15);

    [Fact]
    public void RAdam_rectifies_from_the_sixth_step_on()
    {
        // Constant gradients g = 1: m̂ = 1, and √v = √(1 − β₂ᵗ), so a rectified step is η·r, one before that η.
        var optimizer = new RAdam(0.1, epsilon: 1e-20);
        double[] value = [0];
        double[] slots = new double[2];
        for (int step = 1; step <= 6; step++)
        {
            double before = value[0];
            optimizer.Step<double>(value, [1], new(slots, 2), new(step, 0.1));
            double power = Math.Pow(0.999, step);
            double length = 1999 - (2 * step * power / (1 - power));
            double r = step < 6 ? 1 : Math.Sqrt((length - 4) * (length - 2) * 1999 / (1995.0 * 1997 * length));
            (before - value[0]).Should().BeApproximately(0.1 * r, 1e-12);
        }
    }

    [Fact]
    public void Lion_follows_the_sign()
    {
        // c = 0.05, θ = 0.9, m = 0.01·0.5 = 0.005; c = 0.0045 − 0.025 = −0.0205, θ = 0.9 + 0.1 = 1.
        Run(new Lion(0.1)).Should().BeApproximately(1, 1e-15);

        // With λ = 0.5: θ = 1 − 0.1·(1 + 0.5) = 0.85; θ = 0.85 − 0.1·(−1 + 0.425) = 0.9075.
        Run(new Lion(0.1, weightDecay: 0.5)).Should().BeApproximately(0.9075, 1e-15);
    }

    [Fact]
    public void An_epsilon_that_float_does_not_hold_divides_nothing_by_zero_and_makes_no_huge_step()
    {
        IOptimizer[] optimizers =
        [
            new RmsProp(1, epsilon: 1e-60), new RmsProp(1, epsilon: 1e-60, centered: true),
            new Adagrad(1, epsilon: 1e-60),
            new Adadelta(1, epsilon: 1e-60), new Adam(1, epsilon: 1e-60), new Adam(1, epsilon: 1e-60, amsGrad: true),
            new AdamW(1, epsilon: 1e-60, weightDecay: 0), new Adamax(1, epsilon: 1e-60), new NAdam(1, epsilon: 1e-60),
            new RAdam(1, beta2: 0.999, epsilon: 1e-60),
        ];
        float[] gradient = [0, .. Enumerable.Range(0, 45).Select(i => (float)Math.Pow(10, -i))];
        foreach (IOptimizer optimizer in optimizers)
        {
            float[] values = new float[gradient.Length];
            float[] slots = new float[gradient.Length * optimizer.SlotCount];
            for (int step = 1; step <= 10; step++)
            {
                float[] before = [.. values];
                optimizer.Step<float>(values, gradient, new(slots, optimizer.SlotCount), new(step, 1));
                values[0].Should().Be(0);
                values.Zip(before).Should().OnlyContain(pair => Math.Abs(pair.First - pair.Second) < 11);
            }
        }
    }

    [Fact]
    public void Slots_divide_memory()
    {
        var slots = new OptimizerSlots<double>([1, 2, 3, 4], 2);
        slots[0].ToArray().Should().Equal(1, 2);
        slots[1].ToArray().Should().Equal(3, 4);
        slots.Slice(1, 1)[1].ToArray().Should().Equal(4);
        new OptimizerSlots<double>([1, 2, 3, 4, 5, 6], 2).Slice(1, 2).Slice(1, 1)[1].ToArray().Should().Equal(6);
        FluentActions.Invoking(() => new OptimizerSlots<double>(new double[3], 2).Count)
            .Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new OptimizerSlots<double>(new double[3], 0).Count)
            .Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Hyperparameters_out_of_range_are_refused_with_the_range()
    {
        Refused(() => new Sgd(0), "learningRate must be a finite number above 0");
        Refused(() => new Sgd(double.NaN), "learningRate must be a finite number above 0");
        Refused(() => new Sgd(0.1, momentum: 1), "momentum must be at least 0 and below 1");
        Refused(() => new Sgd(0.1, momentum: 0.9, dampening: 1), "dampening must be at least 0 and below 1");
        Refused(() => new Sgd(l2Penalty: -0.1), "l2Penalty must be a finite number, at least 0");
        Refused(() => new RmsProp(0), "learningRate must be a finite number above 0");
        Refused(() => new RmsProp(alpha: 1), "alpha must be at least 0 and below 1");
        Refused(() => new RmsProp(epsilon: 0), "epsilon must be a finite number above 0");
        Refused(() => new RmsProp(momentum: -1), "momentum must be at least 0 and below 1");
        Refused(() => new RmsProp(l2Penalty: double.NaN), "l2Penalty must be a finite number, at least 0");
        Refused(() => new Adagrad(0), "learningRate must be a finite number above 0");
        Refused(() => new Adagrad(learningRateDecay: -1), "learningRateDecay must be a finite number, at least 0");
        Refused(() => new Adagrad(initialAccumulator: -1), "initialAccumulator must be a finite number, at least 0");
        Refused(() => new Adagrad(epsilon: 0), "epsilon must be a finite number above 0");
        Refused(() => new Adagrad(l2Penalty: -1), "l2Penalty must be a finite number, at least 0");
        Refused(() => new Adadelta(0), "learningRate must be a finite number above 0");
        Refused(() => new Adadelta(rho: 1), "rho must be at least 0 and below 1");
        Refused(() => new Adadelta(epsilon: -1), "epsilon must be a finite number above 0");
        Refused(() => new Adadelta(l2Penalty: -1), "l2Penalty must be a finite number, at least 0");
        RefusedLikeAdam(
            (rate, beta1, beta2, epsilon, penalty) => new Adam(rate, beta1, beta2, epsilon, l2Penalty: penalty));
        RefusedLikeAdam((rate, beta1, beta2, epsilon, penalty) => new Adamax(rate, beta1, beta2, epsilon, penalty));
        RefusedLikeAdam(
            (rate, beta1, beta2, epsilon, penalty) => new NAdam(rate, beta1, beta2, epsilon, l2Penalty: penalty));
        RefusedLikeAdam((rate, beta1, beta2, epsilon, penalty) => new RAdam(rate, beta1, beta2, epsilon, penalty));
        RefusedLikeAdam(
            (rate, beta1, beta2, epsilon, decay) => new AdamW(rate, beta1, beta2, epsilon, weightDecay: decay),
            "weightDecay");
        Refused(() => new NAdam(momentumDecay: -1), "momentumDecay must be a finite number, at least 0");
        Refused(() => new Lion(0), "learningRate must be a finite number above 0");
        Refused(() => new Lion(beta1: 1), "beta1 must be at least 0 and below 1");
        Refused(() => new Lion(beta2: 1), "beta2 must be at least 0 and below 1");
        Refused(
            () => new Lion(weightDecay: double.PositiveInfinity), "weightDecay must be a finite number, at least 0");
        FluentActions.Invoking(() => new Sgd(0.1, nesterov: true))
            .Should().Throw<ArgumentException>().WithMessage("*momentum*");
        FluentActions.Invoking(() => new Sgd(0.1, dampening: 0.5))
            .Should().Throw<ArgumentException>().WithMessage("*momentum*");
        FluentActions.Invoking(() => new Sgd(0.1, 0.9, nesterov: true, dampening: 0.5))
            .Should().Throw<ArgumentException>().WithMessage("*Nesterov*");
    }

    private static void RefusedLikeAdam(
        Func<double, double, double, double, double, IOptimizer> make, string penalty = "l2Penalty")
    {
        Refused(
            () => make(double.NegativeInfinity, 0.9, 0.999, 1e-8, 0), "learningRate must be a finite number above 0");
        Refused(() => make(0.1, 1, 0.999, 1e-8, 0), "beta1 must be at least 0 and below 1");
        Refused(() => make(0.1, 0.9, -0.1, 1e-8, 0), "beta2 must be at least 0 and below 1");
        Refused(() => make(0.1, 0.9, 0.999, 0, 0), "epsilon must be a finite number above 0");
        Refused(() => make(0.1, 0.9, 0.999, 1e-8, -1), penalty + " must be a finite number, at least 0");
    }

    private static void Refused(Func<IOptimizer> make, string message) =>
        make.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message + "*");

    private static double Run(IOptimizer optimizer, int steps = 2)
    {
        double[] value = [1];
        double[] slots = new double[optimizer.SlotCount];
        for (int step = 1; step <= steps; step++)
        {
            double[] gradient = [step == 1 ? 0.5 : -0.25];
            optimizer.Step<double>(
                value, gradient, new(slots, optimizer.SlotCount), new(step, optimizer.LearningRate));
        }

        return value[0];
    }
}
