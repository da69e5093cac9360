using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;

namespace NeuralNet.Extensibility.Tests;

/// <summary>A deliberately wrong derivative is caught by the gradient check, whatever the mistake.</summary>
public sealed class WrongGradientTests
{
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

        /// <summary>NaN.</summary>
        NotANumber,
    }

    public static TheoryData<Mistake> Mistakes { get; } = new(Enum.GetValues<Mistake>());

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_wrong_gradient_is_caught(Mistake mistake)
    {
        Random random = RandomStream.FromSeed(1).CreateGenerator();
        Matrix<double> inputs = Matrix<double>.Build.Dense(3, 4, (_, _) => random.NextDouble());
        Matrix<double> targets = Matrix<double>.Build.Dense(3, 4, (_, _) => random.NextDouble());
        Network<double> network = Network.Create<double>(3, seed: 2).Add(new Linear(3, mistake)).Build();
        GradientCheckReport report = GradientCheck.Run(network, new MeanSquaredError(), inputs, targets);

        report.Passed.Should().Be(mistake == Mistake.None, report.ToString());
        report.Kinks.Should().Be(0, "a wrong gradient must not pass for a kink");
        if (mistake != Mistake.None)
        {
            report.Invoking(r => r.EnsurePassed()).Should().Throw<GradientCheckException>().WithMessage("*WRONG*FAILED*");
        }
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
            _weights = AddParameter("weights", size, size, new SmallUniform());
        }

        public override int StateLength(int batchSize) => 0;

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
            Matrix<double> dW = _mistake switch
            {
                Mistake.Factor => 2 * delta * a.Transpose(),
                Mistake.Sign => -delta * a.Transpose(),
                Mistake.LastColumnOnly => delta.Column(a.ColumnCount - 1).OuterProduct(a.Column(a.ColumnCount - 1)),
                Mistake.MeanTwice => delta * a.Transpose() / a.ColumnCount,
                Mistake.Slight => delta * a.Transpose() * (1 + 1e-6),
                Mistake.NotANumber => delta * a.Transpose() * double.NaN,
                _ => delta * a.Transpose(),
            };
            dW.AsColumnMajorArray().CopyTo(context.Gradient(_weights).Values);

            Matrix<double> dx = (_mistake == Mistake.Transpose ? weights : weights.Transpose()) * delta;
            dx.AsColumnMajorArray().CopyTo(inputGradient.Values);
        }
    }
}
