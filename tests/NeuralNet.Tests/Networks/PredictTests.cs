using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Networks;

public sealed class PredictTests
{
    private readonly Network<double> _network = Network.Create<double>(5, seed: 1).Dense(7, new Tanh())
        .Dense(3, new Softmax()).Build();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(600)]
    public void All_forms_agree_with_plain_matrices(int samples)
    {
        Matrix<double> inputs = TestData.Uniform<double>(5, samples, seed: 2);
        Matrix<double> expected = Reference.Predict(_network, inputs);

        Matrix<double> batch = _network.Predict(inputs);
        (batch - expected).L2Norm().Should().BeLessThan(1e-12);

        for (int j = 0; j < Math.Min(samples, 5); j++)
        {
            (_network.Predict(inputs.Column(j)) - expected.Column(j)).L2Norm().Should().BeLessThan(1e-12);
        }

        double[] outputs = new double[3 * samples];
        _network.Predict(inputs.AsColumnMajorArray(), outputs);
        outputs.Should().Equal(batch.AsColumnMajorArray());

        double[] viewed = new double[3 * samples];
        _network.Predict(inputs, new MatrixSpan<double>(viewed, 3, samples));
        viewed.Should().Equal(outputs);

        _network.Predict(new ReadOnlyMatrixSpan<double>(inputs.AsColumnMajorArray(), 5, samples))
            .Should().BeEquivalentTo(batch);
        _network.Predict(inputs.AsColumnMajorArray()).Should().Equal(outputs);
    }

    [Fact]
    public void Forms_that_give_a_result_refuse_what_is_no_sample()
    {
        _network.Invoking(n => n.Predict(new double[7]))
            .Should().Throw<ArgumentException>().WithMessage("*no whole number of samples*")
            .WithParameterName("inputs");
        _network.Predict([]).Should().BeEmpty();
        _network.Invoking(n => n.Predict(new ReadOnlyMatrixSpan<double>(new double[8], 4, 2)))
            .Should().Throw<ArgumentException>()
            .WithMessage("The network takes 5 features per sample, but 4 were given.*").WithParameterName("inputs");
        _network.Invoking(n => n.Predict((Matrix<double>)null!))
            .Should().Throw<ArgumentNullException>().WithParameterName("inputs");
    }

    [Fact]
    public void A_result_belongs_to_its_caller()
    {
        Matrix<double> inputs = TestData.Uniform<double>(5, 2, seed: 2);
        Vector<double> first = _network.Predict(inputs.Column(0));
        Vector<double> copy = first.Clone();
        _network.Predict(inputs.Column(1));
        first.Should().Equal(copy);
    }

    [Fact]
    public void Many_threads_predict_with_one_network_at_once()
    {
        Matrix<double> inputs = TestData.Uniform<double>(5, 64, seed: 2);
        Vector<double>[] expected = Enumerable.Range(0, 64).Select(j => _network.Predict(inputs.Column(j))).ToArray();
        Parallel.For(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            _network.Predict(inputs.Column(i % 64)).Should().Equal(expected[i % 64]));
    }

    [Fact]
    public void Outputs_in_the_memory_of_the_inputs_are_refused()
    {
        double[] memory = new double[8];
        _network.Invoking(n => n.Predict(memory.AsSpan(0, 5), memory.AsSpan(4, 3))).Should().Throw<ArgumentException>()
            .WithMessage("The outputs must not lie in the memory of the inputs.*");
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        _network.Invoking(n => n.Predict(Vector<double>.Build.Dense(4))).Should().Throw<ArgumentException>()
            .WithMessage("The network takes 5 features per sample, but 4 were given.*").WithParameterName("input");
        _network.Invoking(n => n.Predict(Matrix<double>.Build.Dense(4, 2))).Should().Throw<ArgumentException>()
            .WithMessage("The network takes 5 features per sample, but 4 were given.*").WithParameterName("inputs");
        _network.Invoking(n => n.Predict(Matrix<double>.Build.Dense(5, 2), new MatrixSpan<double>(new double[3], 3, 1)))
            .Should().Throw<ArgumentException>().WithMessage("The outputs of this batch are 3 × 2*room for 3 × 1.*");
        _network.Invoking(n => n.Predict(new double[7], new double[3])).Should().Throw<ArgumentException>()
            .WithMessage("*7 values*no whole number of samples*").WithParameterName("inputs");
        _network.Invoking(n => n.Predict(new double[10], new double[3])).Should().Throw<ArgumentException>()
            .WithMessage("2 samples give 6 outputs, 3 each, but there is room for 3.*").WithParameterName("outputs");
    }
}
