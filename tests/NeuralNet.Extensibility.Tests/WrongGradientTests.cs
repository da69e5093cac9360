using MathNet.Numerics.LinearAlgebra;
using NeuralNet.GradientChecks;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Extensibility.Tests;

/// <summary>A deliberately wrong derivative of a layer is caught by the gradient check, whatever the mistake.</summary>
public sealed class WrongGradientTests
{
    private static readonly Matrix<double> _inputs = Draw(3, 4, seed: 1);
    private static readonly Matrix<double> _targets = Draw(3, 4, seed: 2);

    /// <summary>The mistakes people make.</summary>
    public enum Mistake
    {
        /// <summary>None: the check must pass.</summary>
        None,

        /// <summary>A factor 2, as a forgotten ½.</summary>
        Factor,

        /// <summary>A wrong sign.</summary>
        Sign,

        /// <summary>W in place of Wᵀ, on a square matrix.</summary>
        Transpose,

        /// <summary>Only the last sample of the batch.</summary>
        LastColumnOnly,

        /// <summary>The mean over the batch taken twice.</summary>
        MeanTwice,

        /// <summary>A millionth too much.</summary>
        Slight,

        /// <summary>One element of the whole matrix.</summary>
        OneElement,

        /// <summary>NaN.</summary>
        NotANumber,

        /// <summary>∂L/∂W added to what the memory held.</summary>
        Accumulated,

        /// <summary>∂L/∂x added to what the memory held.</summary>
        InputAccumulated,

        /// <summary>The last column of ∂L/∂W never written.</summary>
        NotWritten,
    }

    public static TheoryData<Mistake> Mistakes { get; } = new(Enum.GetValues<Mistake>());

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_wrong_gradient_is_caught_in_a_network(Mistake mistake)
    {
        Network<double> network = Network.Create<double>(3, seed: 2).Add(new Linear(3, mistake)).Build();
        Check(GradientCheck.Run(network, new MeanSquaredError(), _inputs, _targets), mistake);
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_wrong_gradient_is_caught_in_a_layer(Mistake mistake) =>
        Check(GradientCheck.Run(new Linear(3, mistake), _inputs), mistake);

    [Fact]
    public void A_gradient_that_is_right_only_where_the_input_gradient_is_wanted_is_caught()
    {
        GradientCheck.Run(new Gain(3, Gain.Mistake.None), _inputs).EnsurePassed();
        GradientCheckReport report = GradientCheck.Run(new Gain(3, Gain.Mistake.OnlyWithInputGradient), _inputs);
        report.Comparisons[0].WorstRelativeError.Should().Be(double.PositiveInfinity);
        report.Passed.Should().BeFalse();
    }

    [Fact]
    public void A_layer_that_remembers_in_its_fields_is_caught()
    {
        GradientCheckReport report = GradientCheck.Run(new Gain(3, Gain.Mistake.RemembersInField), _inputs);
        report.Comparisons[0].WorstRelativeError.Should().BeGreaterThan(0.1);
        report.Comparisons[1].WorstRelativeError.Should().BeLessThan(1e-9);
    }

    [Fact]
    public void A_mistake_that_hides_behind_a_special_value_is_caught()
    {
        // ∂L/∂x = ∂L/∂a, the gain forgotten: right as long as the gain is 1, which it is to begin with.
        GradientCheck.Run(new Gain(3, Gain.Mistake.Forgotten), _inputs).Passed.Should().BeFalse();
        GradientCheck.Run(new Gain(3, Gain.Mistake.Forgotten), _inputs, new() { ParameterNoise = 0 })
            .Passed.Should().BeTrue("that is what the noise is for");

        Network<double> network = Network.Create<double>(3, seed: 2)
            .Dense(3).Add(new Gain(3, Gain.Mistake.Forgotten)).Build();
        GradientCheckReport report = GradientCheck.Run(network, new MeanSquaredError(), _inputs, _targets);
        report.Passed.Should().BeFalse();
        network.Parameter("gain1.gain").Values.ToArray().Should().OnlyContain(value => value == 1, "it is put back");
    }

    [Fact]
    public void One_wrong_element_of_a_large_matrix_is_caught_where_all_are_checked()
    {
        Matrix<double> inputs = Draw(64, 3, seed: 1);
        GradientCheckReport all = GradientCheck.Run(new Linear(64, Mistake.OneElement), inputs);
        all.Passed.Should().BeFalse();
        all.Comparisons[0].Should().Match<GradientComparison>(weights =>
            weights.Checked == 64 * 64 && weights.Row == 1 && weights.Column == 62 && weights.WorstRelativeError > 0.1);
        all.Comparisons[1].WorstRelativeError.Should().BeLessThan(1e-9);
    }

    [Fact]
    public void A_layer_with_randomness_of_its_own_is_refused() =>
        FluentActions.Invoking(() => GradientCheck.Run(new Gain(3, Gain.Mistake.OwnRandomness), _inputs))
            .Should().Throw<GradientCheckException>().WithMessage("*context.Random*");

    private static void Check(GradientCheckReport report, Mistake mistake)
    {
        report.Passed.Should().Be(mistake == Mistake.None, report.ToString());
        report.Kinks.Should().Be(0, "a wrong gradient must not pass for a kink");
        report.BelowNoise.Should().Be(0, "nor for one that is too small");
        if (mistake != Mistake.None)
        {
            report.Invoking(r => r.EnsurePassed())
                .Should().Throw<GradientCheckException>().WithMessage("*WRONG*FAILED*");
        }
    }

    private static Matrix<double> Draw(int rows, int columns, int seed)
    {
        Random random = RandomStream.FromSeed(seed).CreateGenerator();
        return Matrix<double>.Build.Dense(rows, columns, (_, _) => random.NextDouble());
    }

    /// <summary>a = W·x, with one mistake in its backward pass.</summary>
    private sealed class Linear : Layer<double>
    {
        private readonly Mistake _mistake;
        private readonly Parameter<double> _weights;

        public Linear(int size, Mistake mistake)
            : base("linear", size, size)
        {
            _mistake = mistake;
            _weights = AddParameter("weights", [size, size], new SmallUniform());
        }

        public override void Forward(
            ReadOnlyMatrixSpan<double> input, MatrixSpan<double> output, ForwardContext<double> context) =>
            (_weights.Value * input.ToMatrix()).AsColumnMajorArray().CopyTo(output.Values);

        public override void Backward(
            ReadOnlyMatrixSpan<double> input,
            ReadOnlyMatrixSpan<double> output,
            MatrixSpan<double> outputGradient,
            MatrixSpan<double> inputGradient,
            BackwardContext<double> context)
        {
            Matrix<double> delta = outputGradient.ToMatrix();
            Matrix<double> a = input.ToMatrix();
            Matrix<double> weights = _weights.Value;
            MatrixSpan<double> gradient = context.Gradient(_weights);
            Matrix<double> dW = _mistake switch
            {
                Mistake.Factor => 2 * delta * a.Transpose(),
                Mistake.Sign => -delta * a.Transpose(),
                Mistake.LastColumnOnly => delta.Column(a.ColumnCount - 1).OuterProduct(a.Column(a.ColumnCount - 1)),
                Mistake.MeanTwice => delta * a.Transpose() / a.ColumnCount,
                Mistake.Slight => delta * a.Transpose() * (1 + 1e-6),
                Mistake.NotANumber => delta * a.Transpose() * double.NaN,
                Mistake.Accumulated => gradient.ToMatrix() + (delta * a.Transpose()),
                _ => delta * a.Transpose(),
            };
            if (_mistake == Mistake.OneElement)
            {
                dW[1, dW.ColumnCount - 2] *= 1.5;
            }

            int written = gradient.Values.Length - (_mistake == Mistake.NotWritten ? gradient.Rows : 0);
            dW.AsColumnMajorArray().AsSpan(0, written).CopyTo(gradient.Values);

            if (!inputGradient.IsEmpty)
            {
                Matrix<double> dx = (_mistake == Mistake.Transpose ? weights : weights.Transpose()) * delta;
                dx += _mistake == Mistake.InputAccumulated ? inputGradient.ToMatrix() : 0 * dx;
                dx.AsColumnMajorArray().CopyTo(inputGradient.Values);
            }
        }
    }
}
