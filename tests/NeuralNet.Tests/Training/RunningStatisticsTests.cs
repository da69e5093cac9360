using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;
using NeuralNet.Tests.Checkpoints;
using NeuralNet.Training;

namespace NeuralNet.Tests.Training;

/// <summary>Running statistics computed anew from samples.</summary>
public sealed class RunningStatisticsTests
{
    [Fact]
    public void Statistics_are_means_over_batches()
    {
        // Batches (1, 3) and (6, 10): means 2 and 8, unbiased variances 2 and 8.
        Network<double> network = Network.Create<double>(1, seed: 1).BatchNormalization().Build();
        network.Parameter("batchNormalization1.gamma").Values[0] = 7;
        RunningStatistics.Recompute(network, Samples(1, 3, 6, 10), batchSize: 2, shuffle: false);
        network.Parameter("batchNormalization1.runningMean").Values[0].Should().BeApproximately(5, 1e-14);
        network.Parameter("batchNormalization1.runningVariance").Values[0].Should().BeApproximately(5, 1e-14);
        network.Parameter("batchNormalization1.gamma").Values[0].Should().Be(7, "nothing else changes");
    }

    [Fact]
    public void A_last_batch_of_one_sample_has_no_variance_and_is_left_out()
    {
        Network<double> network = Network.Create<double>(1, seed: 1).BatchNormalization().Build();
        RunningStatistics.Recompute(network, Samples(1, 3, 6, 10, 1000), batchSize: 2, shuffle: false);
        network.Parameter("batchNormalization1.runningMean").Values[0].Should().BeApproximately(5, 1e-14);

        RunningStatistics.Recompute(network, Samples(4, 8), batchSize: 1);
        network.Parameter("batchNormalization1.runningMean").Values[0].Should().BeApproximately(6, 1e-14);
        network.Parameter("batchNormalization1.runningVariance").Values[0].Should().BeApproximately(5, 1e-14);
    }

    [Fact]
    public void Once_more_gives_the_same_bits_on_any_number_of_threads()
    {
        double[] Run(int? threads, int times)
        {
            Network<double> network = Network.Create<double>(new FeatureShape(12, 12, 2), seed: 3)
                .Convolution(4, 3).BatchNormalization().Activation(new ReLU()).Dropout(0.3).Dense(5)
                .BatchNormalization().Dense(2).Build();
            var data = new DataSet<double>(
                TestData.Uniform<double>(288, 41, seed: 1), TestData.Uniform<double>(2, 41, seed: 2));
            for (int i = 0; i < times; i++)
            {
                RunningStatistics.Recompute(network, data, batchSize: 8, threads: threads);
            }

            return ResumeTests.Parameters(network);
        }

        double[] expected = Run(1, times: 1);
        expected.Should().NotEqual(Run(1, times: 0));
        Run(1, times: 2).Should().Equal(expected);
        Run(3, times: 1).Should().Equal(expected);
    }

    [Fact]
    public void What_is_frozen_stays_and_a_network_without_statistics_too()
    {
        Network<double> network = Network.Create<double>(1, seed: 1).BatchNormalization().Build();
        network.Layers[0].Freeze();
        RunningStatistics.Recompute(network, Samples(1, 3));
        network.Parameter("batchNormalization1.runningMean").Values[0].Should().Be(0);

        Network<double> dense = Network.Create<double>(1, seed: 1).Dense(1).Build();
        double[] before = ResumeTests.Parameters(dense);
        RunningStatistics.Recompute(dense, Samples(1, 3));
        ResumeTests.Parameters(dense).Should().Equal(before);
    }

    [Fact]
    public void What_leads_nowhere_is_refused_and_changes_nothing()
    {
        Network<double> network = Network.Create<double>(1, seed: 1).BatchNormalization().Build();
        network.Invoking(n => RunningStatistics.Recompute(n, Samples(-1e300, 1e300)))
            .Should().Throw<ArgumentException>().WithParameterName("data")
            .WithMessage("*batchNormalization1.runningVariance*as they were*");
        network.Invoking(n => RunningStatistics.Recompute(n, Samples(1, 2), batchSize: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("batchSize");
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        network.Invoking(n => RunningStatistics.Recompute(n, Samples(1, 2), cancellationToken: cancelled.Token))
            .Should().Throw<OperationCanceledException>();
        network.Parameters.Where(parameter => parameter.IsStatistic).SelectMany(p => p.Values.ToArray())
            .Should().Equal(0, 1);
    }

    private static DataSet<double> Samples(params double[] values) => new(
        MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(1, values.Length, values),
        MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(1, values.Length));
}
