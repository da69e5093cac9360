using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Pipelines;

public sealed class PipelineTests
{
    private readonly Network<double> _network = Network.Create<double>(2, seed: 1).Dense(4, new Tanh()).Dense(1).Build();
    private readonly Standardization _inputs = new([10, 20], [2, 4]);
    private readonly Standardization _targets = new([100], [50]);

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(600)]
    public void Features_are_transformed_and_results_taken_back(int samples)
    {
        Matrix<double> raw = TestData.Uniform<double>(2, samples, seed: 2, 0, 30);
        Matrix<double> scaled = Matrix<double>.Build.Dense(2, samples, (i, j) => (raw[i, j] - (10 * (i + 1))) / (2 * (i + 1)));
        var pipeline = new Pipeline<double>(_network, _inputs, _targets);
        Matrix<double> expected = (_network.Predict(scaled) * 50) + 100;
        (pipeline.Predict(raw) - expected).Enumerate().Max(Math.Abs).Should().BeLessThan(1e-12);
        pipeline.Predict(raw.Column(0))[0].Should().BeApproximately(expected[0, 0], 1e-12);
    }

    [Fact]
    public void Without_transforms_it_is_the_network()
    {
        Matrix<double> inputs = TestData.Uniform<double>(2, 5, seed: 2);
        new Pipeline<double>(_network).Predict(inputs).Should().BeEquivalentTo(_network.Predict(inputs));
    }

    [Fact]
    public void Classes_are_not_numbers_to_be_turned_back() =>
        FluentActions.Invoking(() => new Pipeline<double>(_network, null, _targets, new LabelEncoder(["a", "b"])))
            .Should().Throw<ArgumentException>().WithMessage("Classes have names or numbers a transform, not both.*").WithParameterName("labels");

    [Fact]
    public void Classes_have_names()
    {
        Network<double> three = Network.Create<double>(3, seed: 1).Dense(3).Build();
        three.Parameters[0].Set(Matrix<double>.Build.DenseIdentity(3));
        var pipeline = new Pipeline<double>(three, labels: new LabelEncoder(["ant", "bee", "cat"]));
        pipeline.PredictLabel(Vector<double>.Build.Dense([1, 3, 2])).Should().Be("bee");

        Network<double> one = Network.Create<double>(1, seed: 1).Dense(1).Build();
        one.Parameters[0].Values[0] = 1;
        var binary = new Pipeline<double>(one, labels: new LabelEncoder(["no", "yes"]));
        binary.PredictLabel(Vector<double>.Build.Dense([0.6])).Should().Be("yes");
        binary.PredictLabel(Vector<double>.Build.Dense([0.6]), threshold: 0.7).Should().Be("no");
        new Pipeline<double>(one).Invoking(p => p.PredictLabel(Vector<double>.Build.Dense([0.6]))).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void A_prediction_from_span_to_span_allocates_nothing()
    {
        var pipeline = new Pipeline<double>(_network, _inputs, _targets);
        double[] inputs = new double[20];
        double[] outputs = new double[10];
        Allocations.WhenWarm(() => pipeline.Predict(inputs, outputs)).Should().Be(0);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        FluentActions.Invoking(() => new Pipeline<double>(_network, _targets)).Should().Throw<ArgumentException>()
            .WithMessage("The network takes 2 features, but the transform gives 1.*");
        FluentActions.Invoking(() => new Pipeline<double>(_network, outputs: _inputs)).Should().Throw<ArgumentException>().WithParameterName("outputs");
        FluentActions.Invoking(() => new Pipeline<double>(_network, labels: new LabelEncoder(["a", "b", "c"]))).Should().Throw<ArgumentException>()
            .WithMessage("The network tells 2 classes apart, but there are 3 labels.*");
        new Pipeline<double>(_network).Invoking(p => p.Predict(new double[3], new double[1])).Should().Throw<ArgumentException>().WithParameterName("inputs");
        new Pipeline<double>(_network).Invoking(p => p.Predict(new double[4], new double[1])).Should().Throw<ArgumentException>().WithParameterName("outputs");
        double[] memory = new double[6];
        new Pipeline<double>(_network, _inputs).Invoking(p => p.Predict(memory.AsSpan(0, 4), memory.AsSpan(3, 2)))
            .Should().Throw<ArgumentException>().WithMessage("*must not lie in the memory of the inputs*").WithParameterName("outputs");
    }
}
