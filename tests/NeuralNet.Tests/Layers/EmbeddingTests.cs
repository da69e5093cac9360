using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Backpropagation;
using NeuralNet.GradientChecks;
using NeuralNet.Initializers;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Regularization;
using NeuralNet.Training;

namespace NeuralNet.Tests.Layers;

public sealed class EmbeddingTests
{
    [Fact]
    public void Each_number_becomes_the_vector_of_its_category()
    {
        Network<float> network = Network.Create<float>(3, seed: 1).Embedding(5, 2).Build();
        Matrix<float> vectors = ((Embedding<float>)network.Layers[0]).Weights.Value;
        network.OutputShape.Should().Be(new FeatureShape(3, 2));
        network.Predict([4, 0, 4]).Should().Equal(
            vectors[0, 4], vectors[1, 4], vectors[0, 0], vectors[1, 0], vectors[0, 4], vectors[1, 4]);
        vectors.Enumerate().Should().OnlyContain(value => Math.Abs(value) <= 0.05f)
            .And.Subject.Distinct().Should().HaveCount(10);
    }

    [Fact]
    public void A_single_number_becomes_a_flat_row() =>
        Network.Create<float>(1, seed: 1).Embedding(5, 2).OutputShape.Should().Be(new FeatureShape(2));

    [Fact]
    public void Vectors_may_be_given_and_frozen()
    {
        Network<float> network = Network.Create<float>(1, seed: 1).Embedding(3, 2, new Constant(7)).Dense(1).Build();
        var embedding = (Embedding<float>)network.Layers[0];
        embedding.Weights.Value.SetColumn(1, [2, 3]);
        embedding.Freeze();
        new Trainer<float>(network, new MeanSquaredError(), new Sgd(0.5)).Step(
            new ReadOnlyMatrixSpan<float>([0, 1], 1, 2), new ReadOnlyMatrixSpan<float>([5, 6], 1, 2));
        embedding.Weights.Values.ToArray().Should().Equal(7, 7, 2, 3, 7, 7);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Gradients_are_right_and_categories_are_left_alone(int inputs)
    {
        var layer = new Embedding<double>(inputs, categories: 6, size: 3, weightPenalty: new L2Penalty(0.1));
        GradientCheckReport report = GradientCheck.Run(layer, Categories(inputs, 5, 6));
        report.EnsurePassed();
        report.Comparisons.Should().ContainSingle().Which.Checked.Should().Be(18);
    }

    [Fact]
    public void Gradients_of_tables_are_right_numbers_included()
    {
        Network<double> network = Network.Create<double>(seed: 1)
            .Input("categories", 3).Input("numbers", 2)
            .Branches(
                Merge.Concatenation,
                categories => categories.From("categories").Embeddings((4, 2), (5, 3), (6, 1)),
                numbers => numbers.From("numbers").PReLU())
            .Dense(4, new Tanh()).Dense(2)
            .Build();
        Matrix<double> inputs = Categories(3, 6, 4).Stack(TestData.Uniform<double>(2, 6, seed: 4));
        GradientCheckReport report = GradientCheck.Run(
            network, new MeanSquaredError(), inputs, TestData.Uniform<double>(2, 6, seed: 3));
        report.EnsurePassed();
        report.Comparisons.Single(comparison => comparison.Name == "input").Checked.Should().Be(12);
    }

    [Fact]
    public void A_category_that_is_not_there_gets_no_gradient_and_one_that_is_there_twice_their_sum()
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Embedding(4, 2).Build();
        var engine = new BackpropagationEngine<float>(network);
        Gradients<float> gradients = Gradients.For(network);
        engine.Forward(new ReadOnlyMatrixSpan<float>([1, 3, 3, 3], 2, 2));
        engine.Backward(new ReadOnlyMatrixSpan<float>([1, 2, 3, 4, 5, 6, 7, 8], 4, 2), gradients);
        gradients.Values(network.Parameters[0]).ToArray().Should().Equal(0, 0, 1, 2, 0, 0, 15, 18);
    }

    [Theory]
    [InlineData(6f, "6")]
    [InlineData(-1f, "-1")]
    [InlineData(0.5f, "0.5")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "*")]
    [InlineData(3e10f, "*")]
    public void What_is_no_category_is_refused_before_anything_changes(float number, string shown)
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Embedding(6, 2).Dense(1).Build();
        string message = $"The number {shown} in row 1 of sample 2 is no category of 'embedding1', which has those "
            + "from 0 to 5.*";
        float[] inputs = [0, 1, 2, 3, 4, number, number, number];
        network.Invoking(n => n.Predict(inputs)).Should().Throw<ArgumentException>().WithMessage(message);
        var trainer = new Trainer<float>(network, new MeanSquaredError(), new Adam());
        float[] before = network.Parameters[0].Values.ToArray();
        trainer.Invoking(t => t.Step(new ReadOnlyMatrixSpan<float>(inputs, 2, 4), new ReadOnlyMatrixSpan<float>(
            new float[4], 1, 4))).Should().Throw<ArgumentException>().WithMessage(message);
        network.Parameters[0].Values.ToArray().Should().Equal(before);
    }

    [Fact]
    public void Sizes_are_checked()
    {
        FluentActions.Invoking(() => new Embedding<float>(1, 0, 2)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new Embedding<float>(1, 2, 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new Embedding<float>(1, (1 << 24) + 1, 1))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*A float tells 16,777,216 categories apart*");
        FluentActions.Invoking(() => new Embedding<float>(1 << 20, 2, 1 << 12))
            .Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => Network.Create<float>(3, seed: 1).Embeddings((2, 1), (2, 1)))
            .Should().Throw<ArgumentException>().WithMessage("There are 3 inputs, but 2 embeddings*");
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        const int Samples = 20_000;
        Network<float> network = Network.Create<float>(8, seed: 1).Embedding(300, 16).Build();
        Matrix<float> inputs = Matrix<float>.Build.Dense(8, Samples, (i, j) => ((i * 37) + (j * 101)) % 300);
        Matrix<float> above = TestData.Uniform<float>(128, Samples, seed: 5);
        float[] expected = Gradient(1);
        foreach (int threads in new[] { 2, 3, 8 })
        {
            Gradient(threads).AsSpan().SequenceEqual(expected).Should().BeTrue($"{threads} threads");
            network.Predict(inputs, threads).AsColumnMajorArray().AsSpan()
                .SequenceEqual(network.Predict(inputs).AsColumnMajorArray()).Should().BeTrue();
        }

        float[] Gradient(int threads)
        {
            var engine = new BackpropagationEngine<float>(network, threads: threads);
            Gradients<float> gradients = Gradients.For(network);
            engine.Forward(inputs);
            engine.Backward(above, gradients);
            return gradients.Values(network.Parameters[0]).ToArray();
        }
    }

    private static Matrix<double> Categories(int inputs, int samples, int categories) =>
        Matrix<double>.Build.Dense(inputs, samples, (i, j) => ((i * 5) + (j * 3)) % categories);
}
