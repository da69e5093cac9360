using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Backpropagation;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Randomness;
using NeuralNet.Tests.Activations;

namespace NeuralNet.Tests.Backpropagation;

/// <summary>
/// What holds for the gradients of every network and every batch: both are drawn, the same ones in every run.
/// </summary>
public sealed class NetworkPropertyTests
{
    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(20260402, 1);

    private static readonly Arbitrary<Draw> _draws =
        (from inputs in Gen.Choose(1, 9)
         from outputs in Gen.Choose(1, 9)
         from samples in Gen.Choose(2, 12)
         from activation in Gen.Choose(0, Catalogue.Activations.Count - 1)
         from seed in Gen.Choose(0, int.MaxValue)
         select new Draw(inputs, outputs, samples, activation, seed)).ToArbitrary();

    [Fact]
    public void Loss_and_gradients_of_a_batch_are_the_mean_of_those_of_its_samples() => Check(draw =>
    {
        Network<double> network = draw.Network();
        Matrix<double> inputs = draw.Inputs(1);
        Matrix<double> targets = draw.Targets(2);
        (double whole, Gradients<double> gradients) = Compute(network, new MeanSquaredError(), inputs, targets);

        double sum = 0;
        Gradients<double> sums = Gradients.For(network);
        for (int j = 0; j < draw.Samples; j++)
        {
            (double loss, Gradients<double> of) = Compute(
                network,
                new MeanSquaredError(),
                inputs.SubMatrix(0, draw.InputSize, j, 1),
                targets.SubMatrix(0, draw.OutputSize, j, 1));
            sum += loss;
            sums.Add(of);
        }

        sums.Scale(1.0 / draw.Samples);
        return Math.Abs(whole - (sum / draw.Samples)) <= 1e-13 * (1 + whole)
            && Difference(network, gradients, sums) <= 1e-12;
    });

    [Fact]
    public void Permuting_the_samples_permutes_outputs_and_changes_no_gradient() => Check(draw =>
    {
        Network<double> network = draw.Network();
        Matrix<double> inputs = draw.Inputs(1);
        Matrix<double> targets = draw.Targets(2);
        int[] order = new int[draw.Samples];
        Permutation.Draw(order, RandomStream.FromSeed(draw.Seed).Derive(3));

        (_, Gradients<double> straight) = Compute(network, new MeanSquaredError(), inputs, targets);
        (_, Gradients<double> permuted) = Compute(
            network, new MeanSquaredError(), Permute(inputs, order), Permute(targets, order));
        return network.Predict(Permute(inputs, order)).Equals(Permute(network.Predict(inputs), order))
            && Difference(network, straight, permuted) <= 1e-12;
    });

    [Fact]
    public void The_backward_pass_is_linear_in_the_gradient_of_the_outputs() => Check(draw =>
    {
        // With L = Σ t·o the gradient of the outputs is t.
        Network<double> network = draw.Network();
        Matrix<double> inputs = draw.Inputs(1);
        Matrix<double> t1 = draw.Targets(2);
        Matrix<double> t2 = draw.Targets(3);
        (_, Gradients<double> first) = Compute(network, new Projection(), inputs, t1);
        (_, Gradients<double> second) = Compute(network, new Projection(), inputs, t2);
        (_, Gradients<double> both) = Compute(network, new Projection(), inputs, (2.5 * t1) - t2);
        first.Scale(2.5);
        second.Scale(-1);
        first.Add(second);
        return Difference(network, first, both) <= 1e-12;
    });

    private static void Check(Func<Draw, bool> property) => Prop.ForAll(_draws, property).Check(_config);

    private static (double Loss, Gradients<double> Gradients) Compute(
        Network<double> network, ILoss loss, Matrix<double> inputs, Matrix<double> targets)
    {
        Gradients<double> gradients = Gradients.For(network);
        return (new BackpropagationEngine<double>(network, loss).Compute(inputs, targets, gradients), gradients);
    }

    /// <summary>The largest difference of two gradients, relative to the largest element of either.</summary>
    private static double Difference(Network<double> network, Gradients<double> one, Gradients<double> other)
    {
        double difference = 0;
        double scale = 1e-6;
        foreach (Parameter<double> parameter in network.Parameters)
        {
            for (int i = 0; i < parameter.Count; i++)
            {
                (double a, double b) = (one.Values(parameter)[i], other.Values(parameter)[i]);
                difference = Math.Max(difference, Math.Abs(a - b));
                scale = Math.Max(scale, Math.Max(Math.Abs(a), Math.Abs(b)));
            }
        }

        return difference / scale;
    }

    private static Matrix<double> Permute(Matrix<double> matrix, int[] order) =>
        Matrix<double>.Build.DenseOfColumnVectors(order.Select(matrix.Column));

    /// <summary>
    /// A network with a batch. Layers that look at the batch as a whole, or draw, have no part in these laws.
    /// </summary>
    private sealed record Draw(int InputSize, int OutputSize, int Samples, int Activation, int Seed)
    {
        public Network<double> Network() =>
            NeuralNet.Networks.Network.Create<double>(InputSize, Seed)
                .Dense(7, Catalogue.Activations[Activation])
                .LayerNormalization()
                .Residual(block => block.Dense(5, Catalogue.Activations[Activation]).PReLU().Dense(7))
                .Dense(OutputSize)
                .Build();

        public Matrix<double> Inputs(int stream) =>
            TestData.Uniform<double>(InputSize, Samples, unchecked(Seed + stream), -2, 2);

        public Matrix<double> Targets(int stream) =>
            TestData.Uniform<double>(OutputSize, Samples, unchecked(Seed + stream));
    }

    /// <summary>L = Σᵢ tᵢ·oᵢ.</summary>
    private sealed class Projection : ILoss
    {
        public string Name => "projection";

        public LossInput Input => LossInput.Any;

        public void Compute<T>(
            ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            targets.Values.CopyTo(gradient.Values);
            for (int j = 0; j < losses.Length; j++)
            {
                losses[j] = System.Numerics.Tensors.TensorPrimitives.Dot(outputs.Column(j), targets.Column(j));
            }
        }
    }
}
