using NeuralNet.Optimizers;

namespace NeuralNet.Tests.Optimizers;

/// <summary>What keeps values small, whatever the rule.</summary>
public sealed class ParameterUpdateTests
{
    [Fact]
    public void The_penalty_is_that_of_the_values_before_they_decay()
    {
        // g = 0.5 + 0.2·1 = 0.7; θ = 1 − 0.1·0.3·1 = 0.97; θ = 0.97 − 0.1·0.7 = 0.9.
        double[] values = [1];
        new Sgd(0.1, l2Penalty: 0.2, weightDecay: 0.3).Step<double>(values, [0.5], default, new(1, 0.1));
        values[0].Should().BeApproximately(0.9, 1e-15);
    }

    [Fact]
    public void Decay_is_in_proportion_to_the_rate_of_the_step()
    {
        double[] values = [1];
        new Sgd(0.1, weightDecay: 0.3).Step<double>(values, [0], default, new(1, 0.05));
        values[0].Should().BeApproximately(1 - (0.05 * 0.3), 1e-15);
    }

    [Fact]
    public void Adam_with_decay_is_AdamW() => Values(new Adam(0.05, 0.8, 0.99, 1e-3, amsGrad: true, weightDecay: 0.2))
        .Should().Equal(Values(new AdamW(0.05, 0.8, 0.99, 1e-3, amsGrad: true, weightDecay: 0.2)));

    [Fact]
    public void A_rule_of_ones_own_has_penalty_and_decay_too()
    {
        // The rule takes the gradient off, and nothing else.
        double[] values = [1, 2];
        double[] gradient = [0.5, 0];
        ParameterUpdate.Run<double>(new TakesOff(), values, gradient, default, new(1, 0.1), new(1, 0.2, 0.3));
        values[0].Should().BeApproximately(0.97 - 0.7, 1e-15);
        values[1].Should().BeApproximately(1.94 - 0.4, 1e-15);
        gradient.Should().Equal([0.5, 0], "gradients are not changed");
    }

    [Theory]
    [InlineData(0, 0.3)]
    [InlineData(0.2, 0)]
    [InlineData(0.2, 0.3)]
    public void Not_a_bit_depends_on_the_blocks_of_a_long_parameter(double l2Penalty, double weightDecay)
    {
        var adam = new Adam(0.05, l2Penalty: l2Penalty, weightDecay: weightDecay);
        int length = (2 * ParameterUpdate.BlockLength) + 37;
        float[] values = TestData.Uniform<float>(length, 1, seed: 1).AsColumnMajorArray();
        float[] gradient = TestData.Uniform<float>(length, 1, seed: 2).AsColumnMajorArray();
        float[] whole = [.. values];
        adam.Step<float>(whole, gradient, new(new float[2 * length], 2), new(1, 0.05));
        for (int i = 0; i < length; i += 11)
        {
            int count = Math.Min(11, length - i);
            adam.Step<float>(
                values.AsSpan(i, count), gradient.AsSpan(i, count), new(new float[2 * count], 2), new(1, 0.05));
        }

        whole.Should().Equal(values);
    }

    private static float[] Values(IOptimizer optimizer)
    {
        float[] values = TestData.Uniform<float>(50, 1, seed: 1).AsColumnMajorArray();
        float[] slots = new float[50 * optimizer.SlotCount];
        for (int step = 1; step <= 5; step++)
        {
            float[] gradient = TestData.Uniform<float>(50, 1, seed: step + 1).AsColumnMajorArray();
            optimizer.Step<float>(values, gradient, new(slots, optimizer.SlotCount), new(step, 0.05));
        }

        return values;
    }

    private sealed class TakesOff : IOptimizer
    {
        public double LearningRate => 1;

        public int SlotCount => 0;

        public void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] -= gradient[i];
            }
        }
    }
}
