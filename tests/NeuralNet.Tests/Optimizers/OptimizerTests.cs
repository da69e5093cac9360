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
    public void An_element_is_updated_alike_wherever_it_stands()
    {
        foreach (IOptimizer optimizer in new IOptimizer[] { new Sgd(0.1), new Sgd(0.1, 0.9), new Sgd(0.1, 0.9, true), new Adam(0.1) })
        {
            for (int length = 0; length < 40; length++)
            {
                double[] values = Enumerable.Repeat(1.0, length).ToArray();
                double[] slots = new double[optimizer.SlotCount * length];
                optimizer.Update<double>(values, Enumerable.Repeat(0.5, length).ToArray(), new(slots, optimizer.SlotCount), new(1, 0.1));
                values.Distinct().Count().Should().Be(Math.Min(length, 1));
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
        FluentActions.Invoking(() => new OptimizerSlots<double>(new double[3], 2).Count).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new OptimizerSlots<double>(new double[3], 0).Count).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Hyperparameters_out_of_range_are_refused_with_the_range()
    {
        Refused(() => new Sgd(0), "learningRate must be a finite number above 0");
        Refused(() => new Sgd(double.NaN), "learningRate must be a finite number above 0");
        Refused(() => new Sgd(0.1, momentum: 1), "momentum must be at least 0 and below 1");
        Refused(() => new Adam(beta1: 1), "beta1 must be at least 0 and below 1");
        Refused(() => new Adam(beta2: -0.1), "beta2 must be at least 0 and below 1");
        Refused(() => new Adam(epsilon: 0), "epsilon must be a finite number above 0");
        FluentActions.Invoking(() => new Sgd(0.1, nesterov: true)).Should().Throw<ArgumentException>().WithMessage("*momentum*");
    }

    private static void Refused(Func<IOptimizer> make, string message) =>
        make.Should().Throw<ArgumentOutOfRangeException>().WithMessage(message + "*");

    private static double Run(IOptimizer optimizer)
    {
        double[] value = [1];
        double[] slots = new double[optimizer.SlotCount];
        optimizer.Update<double>(value, [0.5], new(slots, optimizer.SlotCount), new(1, optimizer.LearningRate));
        optimizer.Update<double>(value, [-0.25], new(slots, optimizer.SlotCount), new(2, optimizer.LearningRate));
        return value[0];
    }
}
