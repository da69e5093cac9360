using FsCheck;
using FsCheck.Fluent;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Evaluation;
using NeuralNet.Losses;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Tests.Metrics;

public sealed class ConfusionMatrixTests
{
    // Classes 0, 1, 2, 2; taken for 0, 2, 2, 1.
    private static readonly Matrix<float> _outputs =
        Matrix<float>.Build.DenseOfColumnArrays([3, 1, 2], [-1, -2, 0], [0, 1, 5], [0, 9, 5]);

    private static readonly Matrix<float> _targets = OneHot.Encode<float>([0, 1, 2, 2], 3);

    [Fact]
    public void It_counts_actual_by_predicted()
    {
        var matrix = new ConfusionMatrix(3);
        matrix.Accuracy.Should().Be(double.NaN);
        matrix.F1Score(Averaging.Macro).Should().Be(double.NaN);
        matrix.Recall(0, zeroDivision: 1).Should().Be(double.NaN);
        matrix.Add(_outputs, _targets);
        matrix[0, 0].Should().Be(1);
        matrix[1, 2].Should().Be(1);
        matrix[2, 2].Should().Be(1);
        matrix[2, 1].Should().Be(1);
        matrix[1, 1].Should().Be(0);
        matrix.Count.Should().Be(4);
        matrix.Correct.Should().Be(2);
        matrix.Accuracy.Should().Be(0.5);
        matrix.ActualCount(2).Should().Be(2);
        matrix.PredictedCount(1).Should().Be(1);
        matrix.Precision(2).Should().Be(0.5);
        matrix.Recall(1).Should().Be(0);
        matrix.F1Score(0).Should().Be(1);
        matrix.Reset();
        matrix[2, 1].Should().Be(0);
        matrix.Count.Should().Be(0);
        matrix.Accuracy.Should().Be(double.NaN);
    }

    [Fact]
    public void Samples_may_be_added_by_their_classes()
    {
        var whole = new ConfusionMatrix(3);
        whole.Add(_outputs, _targets);
        var matrix = new ConfusionMatrix(3);
        foreach ((int actual, int predicted) in new[] { (0, 0), (1, 2), (2, 2), (2, 1) })
        {
            matrix.Add(actual, predicted);
        }

        Enumerable.Range(0, 9).Select(i => matrix[i / 3, i % 3])
            .Should().Equal(Enumerable.Range(0, 9).Select(i => whole[i / 3, i % 3]));
        matrix.F1Score(Averaging.Weighted).Should().Be(whole.F1Score(Averaging.Weighted));
        matrix.Invoking(m => m.Add(3, 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("actual");
        matrix.Invoking(m => m.Add(0, -1)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("predicted");
        matrix.Count.Should().Be(4);
    }

    [Fact]
    public void A_single_output_tells_two_classes_apart_by_the_threshold()
    {
        var matrix = new ConfusionMatrix(2, threshold: 0);
        matrix.Add<double>(
            Matrix<double>.Build.DenseOfRowArrays([-1, 0, 2, 0.1]),
            Matrix<double>.Build.DenseOfRowArrays([0, 1, 1, 0.0]));
        (matrix[0, 0], matrix[0, 1], matrix[1, 0], matrix[1, 1]).Should().Be((1, 1, 1, 1));
        matrix.Precision(Averaging.Binary).Should().Be(0.5);
    }

    [Fact]
    public void Margins_are_the_sums_of_rows_and_columns()
    {
        MetricCatalogue.Entry entry = MetricCatalogue.Find("accuracy of 4");
        Prop.ForAll(Gen.Choose(0, 60).ToArbitrary(), ArbMap.Default.ArbFor<int>(), (samples, seed) =>
        {
            (Matrix<double> outputs, Matrix<double> targets) = entry.Example<double>(Math.Max(1, samples), seed);
            var matrix = new ConfusionMatrix(4);
            matrix.Add<double>(outputs, targets);
            int[] classes = [0, 1, 2, 3];
            return Array.TrueForAll(classes, c => classes.Sum(other => matrix[c, other]) == matrix.ActualCount(c))
                && Array.TrueForAll(classes, c => classes.Sum(other => matrix[other, c]) == matrix.PredictedCount(c))
                && classes.Sum(c => matrix[c, c]) == matrix.Correct
                && classes.Sum(matrix.ActualCount) == outputs.ColumnCount;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void An_evaluation_fills_it_in_the_same_pass_as_it_measures_other_metrics()
    {
        DataSet<float> data = TestData.Diagonal<float>(600, seed: 1);
        Network<float> network = Network.Create<float>(2, seed: 3).Dense(2).Build();
        var expected = new ConfusionMatrix(2);
        expected.Add<float>(network.Predict(data.Inputs.ToMatrix()), data.Targets);

        var matrix = new ConfusionMatrix(2);
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam());
        IMetric metric = matrix.AsMetric();
        for (int time = 0; time < 2; time++)
        {
            EvaluationResult evaluation = trainer.Evaluate(data, [new Accuracy(), new Precision(), metric]);
            evaluation.Metrics["confusion_accuracy"].Should().Be(evaluation.Metrics["accuracy"]);
            evaluation.Metrics["precision"].Should().Be(matrix.Precision(1));
            AssertSame(matrix, expected);
        }
    }

    [Fact]
    public void After_a_training_it_holds_what_was_measured_last()
    {
        DataSet<float> data = TestData.Diagonal<float>(100, seed: 1);
        DataSet<float> validation = TestData.Diagonal<float>(37, seed: 2);
        Network<float> network = Network.Create<float>(2, seed: 3).Dense(2).Build();
        var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Adam(0.01));
        var matrix = new ConfusionMatrix(2);

        TrainingHistory history = trainer.Fit(
            data, new() { Epochs = 3, Metrics = [matrix.AsMetric("confusion")], Validation = validation });
        var expected = new ConfusionMatrix(2);
        expected.Add<float>(network.Predict(validation.Inputs.ToMatrix()), validation.Targets);
        AssertSame(matrix, expected);
        history.Epochs[^1].Validation!.Metrics["confusion"].Should().Be(matrix.Accuracy);

        history = trainer.Fit(data, new() { Epochs = 2, Metrics = [new Accuracy(), matrix.AsMetric()] });
        matrix.Count.Should().Be(100);
        history.Epochs[^1].Metrics["accuracy"].Should().Be(matrix.Accuracy);
    }

    [Fact]
    public void Classes_shapes_and_averagings_out_of_range_are_refused()
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Invoking(m => m.Add<float>(_outputs, _targets))
            .Should().Throw<ArgumentException>().WithMessage("*2 × samples or 1 × samples*3 × 4*");
        matrix.Invoking(m => m[0, 2]).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("predicted");
        matrix.Invoking(m => m[-1, 0]).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("actual");
        matrix.Invoking(m => m.Recall(2)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName("classIndex");
        matrix.Invoking(m => m.ActualCount(2)).Should().Throw<ArgumentOutOfRangeException>();
        matrix.Invoking(m => m.PredictedCount(-1)).Should().Throw<ArgumentOutOfRangeException>();
        matrix.Invoking(m => m.Recall(1, 2))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("zeroDivision");
        matrix.Invoking(m => m.AsMetric("")).Should().Throw<ArgumentException>().WithParameterName("name");
        new ConfusionMatrix(3).Invoking(m => m.Precision(Averaging.Binary))
            .Should().Throw<ArgumentException>().WithMessage("*only if there are two*there are 3*");
        new ConfusionMatrix(3).Invoking(m => m.Add<float>(_outputs, _outputs.SubMatrix(0, 3, 0, 2)))
            .Should().Throw<ArgumentException>().WithMessage("*3 × 4 and 3 × 2*");
        new ConfusionMatrix(3, threshold: 0).Invoking(m => m.Add<float>(_outputs, _targets))
            .Should().Throw<ArgumentException>().WithMessage("*threshold of 0*");
        FluentActions.Invoking(() => new ConfusionMatrix(65536))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*confusion matrix*");
        FluentActions.Invoking(() => new ConfusionMatrix(1))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("classes");
        FluentActions.Invoking(() => new ConfusionMatrix(2, double.NaN))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("threshold");
    }

    private static void AssertSame(ConfusionMatrix matrix, ConfusionMatrix expected)
    {
        for (int i = 0; i < 4; i++)
        {
            matrix[i / 2, i % 2].Should().Be(expected[i / 2, i % 2]);
        }

        matrix.Count.Should().Be(expected.Count);
    }
}
