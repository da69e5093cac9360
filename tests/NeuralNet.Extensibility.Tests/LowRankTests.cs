using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.GradientChecks;
using NeuralNet.Kinds;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Serialization;
using NeuralNet.Training;

namespace NeuralNet.Extensibility.Tests;

/// <summary>Matrix products in a layer of one's own.</summary>
public sealed class LowRankTests
{
    [Fact]
    public void Gradients_are_right() =>
        GradientCheck.Run(new LowRank<double>(6, 4, rank: 2), Matrix<double>.Build.Random(6, 5, seed: 1))
            .EnsurePassed();

    [Fact]
    public void It_computes_what_a_dense_layer_of_the_product_computes()
    {
        Network<double> network = Network.Create<double>(6, seed: 1).Add(new LowRank<double>(6, 4, rank: 2)).Build();
        Matrix<double> inputs = Matrix<double>.Build.Random(6, 5, seed: 1);
        Matrix<double> expected = network.Parameter("lowrank1.u").Value
            * (network.Parameter("lowrank1.v").Value * inputs);
        (network.Predict(inputs) - expected).L2Norm().Should().BeLessThan(1e-14);
    }

    [Fact]
    public void It_trains_to_the_same_bits_at_any_number_of_threads_and_is_saved()
    {
        Network<float> one = Trained(threads: 1);
        Network<float> four = Trained(threads: 4);
        Matrix<float> inputs = Matrix<float>.Build.Random(64, 10, seed: 5);
        four.Predict(inputs).Should().BeEquivalentTo(one.Predict(inputs));

        ModelKinds kinds = new ModelKinds().WithLayer<float, LowRank<float>>("lowrank", s =>
        {
            int outputSize = s.Size("outputSize", layer => layer.OutputSize);
            int rank = s.Size("rank", layer => layer.Rank);
            return () => new(s.InputSize, outputSize, rank);
        });
        using var stream = new MemoryStream();
        one.Save(stream, kinds);
        stream.Position = 0;
        Network.Load<float>(stream, kinds).Predict(inputs).Should().BeEquivalentTo(one.Predict(inputs));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_product_is_added_if_asked_for(bool accumulate)
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Add(new Probe((context, input, output) =>
        {
            output.Values.Fill(10);
            context.Multiply(
                Matrix<double>.Build.DenseOfArray(new double[,] { { 1, 2 }, { 3, 4 } }),
                input,
                output,
                accumulate: accumulate);
        })).Build();
        network.Predict(Vector<double>.Build.Dense([1, 1])).ToArray().Should().Equal(accumulate ? [13, 17] : [3, 7]);
    }

    [Fact]
    public void A_result_that_does_not_fit_or_lies_in_a_factor_is_refused()
    {
        FluentActions.Invoking(
            () => Predict(
                (context, input, output) =>
                    context.Multiply(new ReadOnlyMatrixSpan<double>([1, 2, 3], 1, 3), input, output)))
            .Should().Throw<ArgumentException>().WithMessage("*1 × 3 and 2 × 1*");
        FluentActions.Invoking(
            () => Predict((context, input, output) => context.Multiply(input, output, output, transposeRight: true)))
            .Should().Throw<ArgumentException>()
            .WithMessage("The result of a matrix product must not be in the memory of a factor.*");

        static void Predict(Probe.Pass pass) =>
            Network.Create<double>(2, seed: 1).Add(new Probe(pass)).Build().Predict(Vector<double>.Build.Dense([1, 1]));
    }

    private static Network<float> Trained(int threads)
    {
        Network<float> network = Network.Create<float>(64, seed: 3)
            .Dense(128, new Tanh()).Add(shape => new LowRank<float>(shape.Size, 96, rank: 16)).Activation(new Tanh())
            .Dense(1).Build();
        Matrix<float> inputs = Matrix<float>.Build.Random(64, 512, seed: 4);
        var data = new DataSet<float>(inputs, Matrix<float>.Build.Dense(1, 512, (_, j) => inputs[0, j]));
        TrainingHistory history = new Trainer<float>(network, new MeanSquaredError(), new Adam(0.002), threads: threads)
            .Fit(data, new() { Epochs = 5, BatchSize = 128 });
        history.Epochs[^1].Loss.Should().BeLessThan(history.Epochs[0].Loss);
        return network;
    }

    private sealed class Probe(Probe.Pass pass) : Layer<double>("probe", 2, 2)
    {
        public delegate void Pass(
            ForwardContext<double> context, ReadOnlyMatrixSpan<double> input, MatrixSpan<double> output);

        public override void Forward(
            ReadOnlyMatrixSpan<double> input, MatrixSpan<double> output, ForwardContext<double> context) =>
            pass(context, input, output);

        public override void Backward(
            ReadOnlyMatrixSpan<double> input,
            ReadOnlyMatrixSpan<double> output,
            MatrixSpan<double> outputGradient,
            MatrixSpan<double> inputGradient,
            BackwardContext<double> context)
        {
        }
    }
}
