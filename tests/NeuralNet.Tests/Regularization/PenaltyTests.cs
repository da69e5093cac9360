using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Regularization;
using NeuralNet.Training;
using TensorPrimitives = System.Numerics.Tensors.TensorPrimitives;

namespace NeuralNet.Tests.Regularization;

public sealed class PenaltyTests
{
    public static TheoryData<IPenalty, double, double[]> HandWorked { get; } = new()
    {
        // θ = (−2, 0, 3), λ = 0.1: Σ|θ| = 5, Σθ² = 13.
        { new L1Penalty(0.1), 0.5, [-0.1, 0, 0.1] },
        { new L2Penalty(0.1), 1.3, [-0.4, 0, 0.6] },
        { new ElasticNetPenalty(0.1, 0.1), 1.8, [-0.5, 0, 0.7] },
    };

    [Theory]
    [MemberData(nameof(HandWorked))]
    public void Values_and_gradients_are_those_of_the_formula(IPenalty penalty, double value, double[] gradient)
    {
        double[] parameter = [-2, 0, 3];
        double[] sum = [10, 10, 10];
        penalty.Value<double>(parameter).Should().BeApproximately(value, 1e-15);
        penalty.AddGradient<double>(parameter, sum);
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i].Should().BeApproximately(10 + gradient[i], 1e-14, "a penalty adds to the gradient of the loss");
        }
    }

    [Fact]
    public void Of_a_convolution_every_weight_counts_once_however_many_places_share_it()
    {
        static NetworkBuilder<double> Image() => Network.Create<double>(new FeatureShape(5, 4, 2), seed: 1);
        Network<double> network = Image().Convolution(3, kernelSize: 2, weightPenalty: new L2Penalty(0.3)).Dense(2)
            .Build();
        Network<double> plain = Image().Convolution(3, kernelSize: 2).Dense(2).Build();
        Matrix<double> inputs = TestData.Uniform<double>(40, 3, seed: 2);
        Matrix<double> targets = TestData.Uniform<double>(2, 3, seed: 3);
        Gradients<double> gradients = Gradients.For(network);
        Gradients<double> without = Gradients.For(plain);
        double loss = new BackpropagationEngine<double>(network, new MeanSquaredError())
            .Compute(inputs, targets, gradients);
        double plainLoss = new BackpropagationEngine<double>(plain, new MeanSquaredError())
            .Compute(inputs, targets, without);

        Matrix<double> weights = network.Parameter("convolution1.weights").Value;
        (loss - plainLoss).Should().BeApproximately(0.3 * weights.PointwisePower(2).ColumnSums().Sum(), 1e-13);
        (gradients["convolution1.weights"] - without["convolution1.weights"] - (2 * 0.3 * weights)).L2Norm()
            .Should().BeLessThan(1e-13);
        gradients["convolution1.biases"].Should().Be(without["convolution1.biases"]);
    }

    [Theory]
    [MemberData(nameof(HandWorked))]
    public void The_loss_of_a_batch_includes_the_penalty_once_and_gradients_are_right(
        IPenalty penalty, double value, double[] gradient)
    {
        _ = (value, gradient);
        Network<double> network = Network.Create<double>(3, seed: 1)
            .Dense(4, new Tanh(), weightPenalty: penalty).Residual(block => block.Dense(4, weightPenalty: penalty))
            .Dense(2).Build();
        Network<double> plain = Network.Create<double>(3, seed: 1).Dense(4, new Tanh())
            .Residual(block => block.Dense(4)).Dense(2).Build();
        Matrix<double> inputs = TestData.Uniform<double>(3, 6, seed: 2);
        Matrix<double> targets = TestData.Uniform<double>(2, 6, seed: 3);

        double with = new BackpropagationEngine<double>(network, new MeanSquaredError()).ComputeLoss(inputs, targets);
        double without = new BackpropagationEngine<double>(plain, new MeanSquaredError()).ComputeLoss(inputs, targets);
        double penalties = penalty.Value<double>(network.Parameter("dense1.weights").Values)
            + penalty.Value<double>(network.Parameter("residual1.dense1.weights").Values);
        with.Should().BeApproximately(without + penalties, 1e-14);

        GradientCheck.Run(network, new MeanSquaredError(), inputs, targets).EnsurePassed();
        new Trainer<double>(network, new MeanSquaredError(), new NeuralNet.Optimizers.Sgd())
            .Evaluate(new(inputs, targets)).Loss.Should()
            .BeApproximately(without, 1e-14, "an evaluation measures the loss alone");
    }

    [Fact]
    public void A_vector_has_its_penalty_and_its_constraint()
    {
        Matrix<double> inputs = TestData.Uniform<double>(2, 3, seed: 1);
        Network<double> network = Network.Create<double>(2, seed: 1).Add(new Offset()).Build();

        // Inputs and targets differ by the offset, (3, 3), and nothing else: 9, and 0.5·(3² + 3²) of the penalty.
        new BackpropagationEngine<double>(network, new MeanSquaredError()).ComputeLoss(inputs, inputs)
            .Should().BeApproximately(18, 1e-12);
        new Trainer<double>(network, new MeanSquaredError(), new NeuralNet.Optimizers.Sgd(1e-9)).Step(inputs, inputs);
        network.Parameter("offset1.offset").Values.ToArray().Should().OnlyContain(value => Math.Abs(value - 1) < 1e-12);
    }

    [Fact]
    public void A_strength_out_of_range_is_refused()
    {
        FluentActions.Invoking(() => new L1Penalty(-1))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("strength must be a finite number, at least 0*");
        FluentActions.Invoking(() => new L2Penalty(double.NaN)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ElasticNetPenalty(0.1, double.PositiveInfinity))
            .Should().Throw<ArgumentOutOfRangeException>();
    }

    /// <summary>a = x + b.</summary>
    private sealed class Offset : Layer<double>
    {
        private readonly Parameter<double> _offset;

        public Offset()
            : base("offset", 2, 2) => _offset = AddParameter(
                "offset", [2], new Constant(3), penalty: new L2Penalty(0.5), constraint: new MaxNorm(1));

        public override void Forward(
            ReadOnlyMatrixSpan<double> input, MatrixSpan<double> output, ForwardContext<double> context)
        {
            for (int j = 0; j < input.Columns; j++)
            {
                TensorPrimitives.Add(input.Column(j), _offset.Values, output.Column(j));
            }
        }

        public override void Backward(
            ReadOnlyMatrixSpan<double> input,
            ReadOnlyMatrixSpan<double> output,
            MatrixSpan<double> outputGradient,
            MatrixSpan<double> inputGradient,
            BackwardContext<double> context)
        {
            Span<double> sum = context.Gradient(_offset).Values;
            sum.Clear();
            for (int j = 0; j < input.Columns; j++)
            {
                TensorPrimitives.Add(sum, outputGradient.Column(j), sum);
            }

            outputGradient.Values.CopyTo(inputGradient.IsEmpty ? outputGradient.Values : inputGradient.Values);
        }
    }
}
