using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Tests.Training;

public sealed class PipelineEvaluationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(600)]
    public void Raw_data_are_measured_in_the_unit_of_the_targets(int samples)
    {
        Network<double> network = Network.Create<double>(3, seed: 1).Dense(2).Build();
        var pipeline = Pipeline.Create(
            network, new Standardization([1, 2, 3], [4, 5, 6]), new Standardization([100, -5], [50, 0.1]));
        Matrix<double> inputs = TestData.Uniform<double>(3, samples, seed: 2, 0, 30);
        Matrix<double> errors = TestData.Uniform<double>(2, samples, seed: 3);
        var data = new DataSet<double>(inputs, pipeline.Predict(inputs) + errors);

        IReadOnlyDictionary<string, double> figures = pipeline.Evaluate(
            data, [new MeanAbsoluteErrorMetric(), RootMeanSquaredError.OfOutput(1)]);
        figures.Should().HaveCount(2);
        figures["mae"].Should().BeApproximately(errors.Enumerate().Average(Math.Abs), 1e-12);
        figures["rmse_output_1"].Should().BeApproximately(errors.Row(1).L2Norm() / Math.Sqrt(samples), 1e-12);
    }

    [Fact]
    public void Data_that_do_not_fit_are_refused()
    {
        var pipeline = Pipeline.Create(Network.Create<double>(3, seed: 1).Dense(2).Build());
        var data = new DataSet<double>(Matrix<double>.Build.Dense(3, 4), Matrix<double>.Build.Dense(1, 4));
        pipeline.Invoking(p => p.Evaluate(data, [new MeanSquaredErrorMetric()])).Should().Throw<ArgumentException>()
            .WithMessage(
                "The pipeline makes 2 results of 3 raw features, but the data have 1 target and 3 features per *")
            .WithParameterName("data");
    }
}
