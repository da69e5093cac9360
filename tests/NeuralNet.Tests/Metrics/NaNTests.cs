using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Activations;
using NeuralNet.Callbacks;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Evaluation;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;

namespace NeuralNet.Tests.Metrics;

/// <summary>NaN is no answer: every figure over it is NaN, and a matrix refuses to count it.</summary>
public sealed class NaNTests
{
    public static TheoryData<string> Metrics { get; } = new(
        MetricCatalogue.All.Where(entry => !entry.Metric.Name.StartsWith("confusion", StringComparison.Ordinal))
            .Select(entry => entry.Label));

    [Theory]
    [MemberData(nameof(Metrics))]
    public void One_NaN_among_the_outputs_or_targets_makes_the_figure_NaN(string label)
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find(label);
        foreach (bool inTarget in (bool[])[false, true])
        {
            (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(40, seed: 5);
            IMetricAccumulator accumulator = entry.Metric.Start();
            accumulator.Add<double>(outputs, targets);
            double before = accumulator.Value;
            before.Should().NotBe(double.NaN);

            (Matrix<double> odd, Matrix<double> oddTargets) = entry.Example<double>(3, seed: 6);
            Matrix<double> hit = inTarget ? oddTargets : odd;
            for (int i = 0; i < hit.RowCount; i++)
            {
                hit[i, 1] = double.NaN;
            }

            accumulator.Add<double>(odd, oddTargets);
            accumulator.Value.Should().Be(double.NaN, $"target: {inTarget}");
            accumulator.Add<double>(outputs, targets);
            accumulator.Value.Should().Be(double.NaN, "no later batch takes it back");
            accumulator.Reset();
            accumulator.Add<double>(outputs, targets);
            accumulator.Value.Should().Be(before);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_confusion_matrix_counts_nothing_of_a_batch_with_a_NaN_and_says_where(bool inTarget)
    {
        Matrix<float> outputs = OneHot.Encode<float>([0, 1, 2], 3);
        Matrix<float> targets = OneHot.Encode<float>([0, 1, 1], 3);
        (inTarget ? targets : outputs)[1, 2] = float.NaN;
        var matrix = new ConfusionMatrix(3);
        matrix.Invoking(m => m.Add(outputs, targets))
            .Should().Throw<ArgumentException>()
            .WithMessage($"{(inTarget ? "Target" : "Output")} 1 of sample 2 of the batch is NaN*")
            .WithParameterName(inTarget ? "targets" : "outputs");
        matrix.Count.Should().Be(0);
        IMetricAccumulator asMetric = matrix.AsMetric().Start();
        asMetric.Invoking(m => m.Add<float>(outputs, targets)).Should().Throw<ArgumentException>();
        asMetric.Value.Should().Be(double.NaN);
    }

    [Fact]
    public void A_NaN_label_spoils_the_figures_over_it_alone()
    {
        var labels = new OutputDescription { Meaning = OutputMeaning.Labels, Scale = OutputScale.Probability };
        Matrix<float> targets = Matrix<float>.Build.DenseOfColumnArrays([0, 1], [1, 0], [1, 1]);
        Matrix<float> outputs = Matrix<float>.Build.DenseOfColumnArrays([0, float.NaN], [0.9f, 0], [0.2f, 1]);
        Measure(F1Score.OfClass(0)).Should().BeApproximately(2 / 3.0, 1e-15);
        Measure(BinaryAccuracy.OfOutput(0)).Should().BeApproximately(2 / 3.0, 1e-15);
        Measure(RocAuc.OfClass(0)).Should().Be(1);
        foreach (IMetric metric in (IMetric[])[
            F1Score.OfClass(1), new F1Score(Averaging.Macro), new Recall(Averaging.Micro),
            new Precision(Averaging.Weighted), BinaryAccuracy.OfOutput(1), new BinaryAccuracy(), new ExactMatch(),
            RocAuc.OfClass(1), new RocAuc()])
        {
            Measure(metric).Should().Be(double.NaN, metric.Name);
        }

        double Measure(IMetric metric)
        {
            IMetricAccumulator accumulator = metric.Start(labels);
            accumulator.Add<float>(outputs, targets);
            return accumulator.Value;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_network_with_a_NaN_parameter_has_no_accuracy(bool single)
    {
        Network<float> network = Network.Create<float>(2, seed: 1).Dense(4, new ReLU()).Dense(single ? 1 : 3).Build();
        network.Parameters[0].Values[0] = float.NaN;
        Matrix<float> targets = single
            ? Matrix<float>.Build.Dense(1, 5)
            : OneHot.Encode<float>([0, 0, 0, 0, 0], 3);
        var data = new DataSet<float>(Matrix<float>.Build.Random(2, 5, 3), targets);
        ILoss loss = single ? new SigmoidCrossEntropy() : new SoftmaxCrossEntropy();
        EvaluationResult result = new Evaluator<float>(network, loss).Evaluate(
            data, single ? [new BinaryAccuracy(), new F1Score(), new RocAuc()] : [new Accuracy(), new TopKAccuracy(2)]);
        result.Loss.Should().Be(double.NaN);
        result.Metrics.Values.Should().AllSatisfy(value => value.Should().Be(double.NaN));
    }

    [Fact]
    public void NaN_is_never_better()
    {
        foreach (MonitoredValue monitor in (MonitoredValue[])[
            MonitoredValue.Loss, MonitoredValue.Highest("accuracy"), MonitoredValue.Lowest("error")])
        {
            monitor.IsBetter(double.NaN, double.NaN).Should().BeFalse();
            monitor.IsBetter(double.NaN, 1).Should().BeFalse();
            monitor.IsBetter(1, double.NaN).Should().BeTrue();
        }
    }

    [Fact]
    public void R2_of_targets_that_are_all_the_same_is_NaN_over_a_NaN_too()
    {
        IMetricAccumulator accumulator = new R2Score().Start();
        accumulator.Add<double>(
            Matrix<double>.Build.DenseOfRowArrays([3, double.NaN, 3]),
            Matrix<double>.Build.DenseOfRowArrays([3, 3, 3.0]));
        accumulator.Value.Should().Be(double.NaN);
    }
}
