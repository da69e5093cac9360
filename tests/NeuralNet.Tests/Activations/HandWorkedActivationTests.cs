using NeuralNet.Activations;

namespace NeuralNet.Tests.Activations;

/// <summary>Values that can be worked out by hand, at points chosen for it.</summary>
public sealed class HandWorkedActivationTests
{
    private static readonly double _ln2 = Math.Log(2);
    private static readonly double _ln3 = Math.Log(3);

    /// <summary>The activation, z, σ(z), σ'(z).</summary>
    public static TheoryData<IActivation, double, double, double> Values { get; } = new()
    {
        { new Identity(), -2, -2, 1 },
        { new ReLU(), -2, 0, 0 },
        { new ReLU(), 0, 0, 0 },
        { new ReLU(), 3, 3, 1 },
        { new LeakyReLU(0.1), -2, -0.2, 0.1 },
        { new LeakyReLU(0.1), 0, 0, 0.1 },
        { new LeakyReLU(0.1), 3, 3, 1 },
        { new ReLU6(), -1, 0, 0 },
        { new ReLU6(), 0, 0, 0 },
        { new ReLU6(), 5, 5, 1 },
        { new ReLU6(), 6, 6, 0 },
        { new ReLU6(), 7, 6, 0 },
        { new ELU(), -_ln2, -0.5, 0.5 },
        { new ELU(), 0, 0, 1 },
        { new ELU(2), -_ln2, -1, 1 },
        { new ELU(2), 0, 0, 2 },
        { new ELU(2), 3, 3, 1 },
        { new SELU(), 2, 2.101401974710961, 1.0507009873554805 },
        { new SELU(), -_ln2, -0.8790496704236884, 0.8790496704236884 },
        { new SELU(), 0, 0, 1.7580993408473768 },
        { new CELU(2), -2 * _ln2, -1, 0.5 },
        { new CELU(2), 0, 0, 1 },
        { new CELU(2), 3, 3, 1 },
        { new GELU(), 0, 0, 0.5 },
        { new GELU(), 1, 0.8413447460685429, 1.0833154705876864 },
        { new GELU(), -1, -0.15865525393145707, -0.0833154705876862 },
        { new GELU(tanhApproximation: true), 0, 0, 0.5 },
        { new SiLU(), 0, 0, 0.5 },
        { new SiLU(), _ln3, 0.75 * _ln3, 0.75 * (1 + (_ln3 / 4)) },
        { new SiLU(), -_ln3, -0.25 * _ln3, 0.25 * (1 - (0.75 * _ln3)) },

        // 1 + eᶻ = 2 and 3: tanh(ln 2) = 3/5, tanh(ln 3) = 4/5.
        { new Mish(), 0, 0, 0.6 },
        { new Mish(), _ln2, 0.8 * _ln2, 0.8 + (_ln2 * 0.36 * 2 / 3) },
        { new Sigmoid(), 0, 0.5, 0.25 },
        { new Sigmoid(), _ln3, 0.75, 3.0 / 16 },
        { new HardSigmoid(), -3, 0, 0 },
        { new HardSigmoid(), -1.5, 0.25, 1.0 / 6 },
        { new HardSigmoid(), 0, 0.5, 1.0 / 6 },
        { new HardSigmoid(), 3, 1, 0 },
        { new LogSigmoid(), 0, -_ln2, 0.5 },
        { new LogSigmoid(), -_ln3, -2 * _ln2, 0.75 },
        { new Tanh(), 0, 0, 1 },
        { new Tanh(), _ln2, 0.6, 1 - 0.36 },
        { new HardTanh(), -1, -1, 0 },
        { new HardTanh(), 0.5, 0.5, 1 },
        { new HardTanh(), 1, 1, 0 },
        { new HardTanh(-3, 0.5), -2, -2, 1 },
        { new HardTanh(-3, 0.5), 2, 0.5, 0 },
        { new HardSwish(), -4, 0, 0 },
        { new HardSwish(), -3, 0, 0 },
        { new HardSwish(), -1.5, -0.375, 0 },
        { new HardSwish(), 3, 3, 1 },
        { new HardSwish(), 4, 4, 1 },
        { new Softplus(), 0, _ln2, 0.5 },
        { new Softplus(), _ln3, 2 * _ln2, 0.75 },
        { new Softplus(2), _ln3 / 2, _ln2, 0.75 },
        { new Softsign(), -3, -0.75, 1.0 / 16 },
        { new Softsign(), 0, 0, 1 },
        { new Softsign(), 1, 0.5, 0.25 },
        { new HardShrink(2), -2, 0, 0 },
        { new HardShrink(2), -3, -3, 1 },
        { new HardShrink(2), 2.5, 2.5, 1 },
        { new HardShrink(0), 0, 0, 0 },
        { new SoftShrink(2), -2, 0, 0 },
        { new SoftShrink(2), -3, -1, 1 },
        { new SoftShrink(2), 2.5, 0.5, 1 },
        { new SoftShrink(0), 0.5, 0.5, 1 },
        { new TanhShrink(), 0, 0, 0 },
        { new TanhShrink(), _ln2, _ln2 - 0.6, 0.36 },
        { new TanhShrink(), -_ln3, 0.8 - _ln3, 0.64 },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void An_activation_has_the_value_and_the_derivative_worked_out_by_hand(
        IActivation activation, double z, double value, double derivative)
    {
        Apply.Forward(activation, [z])[0].Should().BeApproximately(value, 4e-16 * Math.Max(1, Math.Abs(value)));
        Apply.Derivative(activation, z)[0]
            .Should().BeApproximately(derivative, 4e-16 * Math.Max(1, Math.Abs(derivative)));
    }

    [Fact]
    public void Softmax_is_the_share_of_each_exponential_within_its_sample()
    {
        // Two samples: e^z = (1, 3) and (2, 2).
        double[] z = [0.0, _ln3, _ln2, _ln2];
        AssertClose(Apply.Forward(new Softmax(), z, columns: 2), 0.25, 0.75, 0.5, 0.5);
        AssertClose(Apply.Forward(new LogSoftmax(), z, columns: 2), -2 * _ln2, _ln3 - (2 * _ln2), -_ln2, -_ln2);
    }

    [Fact]
    public void The_backward_pass_of_softmax_is_its_Jacobian_product()
    {
        // a = (1/4, 3/4); J = diag(a) − a·aᵀ = [3/16, −3/16; −3/16, 3/16]; J·(1, 0) = (3/16, −3/16).
        AssertClose(Apply.Backward(new Softmax(), [0.0, _ln3], [1.0, 0.0]), 3.0 / 16, -3.0 / 16);

        // g − softmax·Σg = (1, 0) − (1/4, 3/4).
        AssertClose(Apply.Backward(new LogSoftmax(), [0.0, _ln3], [1.0, 0.0]), 0.75, -0.75);
    }

    private static void AssertClose(double[] values, params double[] expected)
    {
        values.Should().HaveSameCount(expected);
        for (int i = 0; i < values.Length; i++)
        {
            values[i].Should().BeApproximately(expected[i], 1e-15);
        }
    }
}
