using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>Sequences of about equal lengths come in one batch, each of them once in an epoch.</summary>
public sealed class BucketTests
{
    private const int Count = 210;
    private const int BatchSize = 16;

    [Fact]
    public void Batches_hold_like_lengths_and_every_sample_once_in_another_order_each_epoch()
    {
        List<double[]> batches = Batches(bucketBy: "length");
        int perEpoch = ((Count - 1) / BatchSize) + 1;
        batches.Should().HaveCount(2 * perEpoch);
        double[] all = [.. Enumerable.Range(0, Count).Select(i => (double)((i % 30) + 1)).Order()];
        batches.Take(perEpoch).SelectMany(batch => batch).Order().Should().Equal(all);
        batches.Skip(perEpoch).SelectMany(batch => batch).Order().Should().Equal(all);
        batches.Should().AllSatisfy(batch => (batch.Max() - batch.Min()).Should().BeLessThan(4));
        batches.Take(perEpoch).Should().NotBeEquivalentTo(
            batches.Skip(perEpoch), options => options.WithStrictOrdering());
        batches.Take(perEpoch - 1).Select(batch => batch[0]).Should().NotBeInAscendingOrder("batches are shuffled");

        Batches(bucketBy: null).Average(batch => batch.Max() - batch.Min()).Should().BeGreaterThan(20);
    }

    [Fact]
    public void The_input_must_be_one_number_of_the_network()
    {
        FluentActions.Invoking(() => Batches("lengths")).Should().Throw<ArgumentException>()
            .WithMessage("*BucketBy*'lengths'*length*");
        FluentActions.Invoking(() => Batches("numbers")).Should().Throw<ArgumentException>()
            .WithMessage("*'numbers' has 2 numbers*");
    }

    private static List<double[]> Batches(string? bucketBy)
    {
        Network<double> network =
            Network.Create<double>(seed: 1).Input("numbers", 2).Input("length", 1).Dense(1).Build();
        Matrix<double> inputs = Matrix<double>.Build.Dense(3, Count, (i, j) => i == 2 ? (j % 30) + 1 : 0);
        var seen = new Recorder();
        new Trainer<double>(network, seen, new Sgd(1e-9)).Fit(
            new DataSet<double>(inputs, inputs.SubMatrix(2, 1, 0, Count)),
            new FitOptions<double>
            {
                Epochs = 2,
                BatchSize = BatchSize,
                BucketBy = bucketBy,
                CheckFirstEpoch = false,
            });
        return seen.Batches;
    }

    /// <summary>A loss that sees the targets of each batch.</summary>
    private sealed class Recorder : ILoss
    {
        private readonly MeanSquaredError _loss = new();

        public List<double[]> Batches { get; } = [];

        public string Name => _loss.Name;

        public LossInput Input => _loss.Input;

        public void Compute<T>(
            NeuralNet.LinearAlgebra.ReadOnlyMatrixSpan<T> outputs,
            NeuralNet.LinearAlgebra.ReadOnlyMatrixSpan<T> targets,
            Span<T> losses,
            NeuralNet.LinearAlgebra.MatrixSpan<T> outputGradient)
            where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        {
            Batches.Add([.. targets.Values.ToArray().Select(double.CreateChecked)]);
            _loss.Compute(outputs, targets, losses, outputGradient);
        }
    }
}
