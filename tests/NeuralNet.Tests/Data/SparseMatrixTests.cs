using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Data;

/// <summary>Matrices and vectors with other MathNet storage are accepted, too, with the same results.</summary>
public sealed class SparseMatrixTests
{
    private readonly Matrix<double> _dense = Matrix<double>.Build.DenseOfArray(
        new double[,] { { 0, 2, 0 }, { 1, 0, 3 } });

    private Matrix<double> Sparse => Matrix<double>.Build.SparseOfMatrix(_dense);

    [Fact]
    public void A_data_set_holds_their_numbers()
    {
        var data = new DataSet<double>(Sparse, Sparse);
        data.Inputs.Values.ToArray().Should().Equal(0, 1, 2, 0, 0, 3);
        data.Targets.Values.ToArray().Should().Equal(0, 1, 2, 0, 0, 3);
    }

    [Fact]
    public void A_network_and_a_pipeline_predict_them()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(3).Build();
        var pipeline = Pipeline.Create(network, new Standardization([1, 2], [3, 4]));
        network.Predict(Sparse).Should().BeEquivalentTo(network.Predict(_dense));
        pipeline.Predict(Sparse).Should().BeEquivalentTo(pipeline.Predict(_dense));
        Vector<double> column = Vector<double>.Build.SparseOfVector(_dense.Column(2));
        network.Predict(column).Should().Equal(network.Predict(_dense.Column(2)));
        pipeline.Predict(column).Should().Equal(pipeline.Predict(_dense.Column(2)));
    }

    [Fact]
    public void No_sample_gives_no_output()
    {
        Network<double> network = Network.Create<double>(2, seed: 1).Dense(3).Build();
        network.Predict([], []);
        network.Invoking(n => n.Predict([], new double[3]))
            .Should().Throw<ArgumentException>().WithParameterName("outputs");
    }
}
