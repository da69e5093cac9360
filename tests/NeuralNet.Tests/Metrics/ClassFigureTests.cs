using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Metrics;

namespace NeuralNet.Tests.Metrics;

/// <summary>Precision, recall, F1 and what else follows from counts of classes, worked by hand.</summary>
public sealed class ClassFigureTests
{
    // Rows are actual, columns predicted:
    //     3 1 0 0   recall ¾
    //     2 2 0 0   recall ½
    //     0 1 0 0   recall 0
    //     0 0 0 0   no sample: recall 0/0
    // precision 3/5, 2/4, 0/0, 0/0; F1 6/9, 4/8, 0/1, 0/0.
    private static readonly int[] _actual = [0, 0, 0, 0, 1, 1, 1, 1, 2];
    private static readonly Matrix<double> _outputs = OneHot.Encode<double>([0, 0, 0, 1, 0, 0, 1, 1, 1], 4);
    private static readonly Matrix<double> _targets = OneHot.Encode<double>(_actual, 4);

    public static TheoryData<IMetric, string, double> HandWorked { get; } = new()
    {
        { Precision.OfClass(0), "precision_class_0", 0.6 },
        { Precision.OfClass(2), "precision_class_2", 0 },
        { Precision.OfClass(3, zeroDivision: 1), "precision_class_3", 1 },
        { Recall.OfClass(1), "recall_class_1", 0.5 },
        { Recall.OfClass(2, zeroDivision: 1), "recall_class_2", 0 },
        { Recall.OfClass(3, zeroDivision: double.NaN), "recall_class_3", double.NaN },
        { F1Score.OfClass(0), "f1_class_0", 2 / 3.0 },
        { F1Score.OfClass(2, zeroDivision: 1), "f1_class_2", 0 },
        { F1Score.OfClass(3, zeroDivision: 1), "f1_class_3", 1 },
        { new Precision(Averaging.Macro), "precision_macro", 1.1 / 4 },
        { new Precision(Averaging.Macro, zeroDivision: 1), "precision_macro", 3.1 / 4 },
        { new Precision(Averaging.Macro, zeroDivision: double.NaN), "precision_macro", 1.1 / 2 },
        { new Precision(Averaging.Weighted), "precision_weighted", ((4 * 0.6) + (4 * 0.5)) / 9 },
        { new Precision(Averaging.Weighted, zeroDivision: double.NaN), "precision_weighted", 4 * (0.6 + 0.5) / 8 },
        { new Precision(Averaging.Micro), "precision_micro", 5 / 9.0 },
        { new Recall(Averaging.Macro), "recall_macro", 1.25 / 4 },
        { new Recall(Averaging.Macro, zeroDivision: double.NaN), "recall_macro", 1.25 / 3 },
        { new Recall(Averaging.Weighted), "recall_weighted", 5 / 9.0 },
        { new Recall(Averaging.Micro), "recall_micro", 5 / 9.0 },
        { new F1Score(Averaging.Macro), "f1_macro", ((6 / 9.0) + 0.5) / 4 },
        { new F1Score(Averaging.Macro, zeroDivision: double.NaN), "f1_macro", ((6 / 9.0) + 0.5) / 3 },
        { new F1Score(Averaging.Weighted), "f1_weighted", (4 * ((6 / 9.0) + 0.5)) / 9 },
        { new F1Score(Averaging.Micro), "f1_micro", 5 / 9.0 },
        { FBetaScore.OfClass(2, 0), "f2_class_0", 5 * 3 / 21.0 },
        { FBetaScore.OfClass(0.5, 0), "f0.5_class_0", 1.25 * 3 / 6 },
        { FBetaScore.OfClass(2, 3, zeroDivision: 1), "f2_class_3", 1 },
        { new FBetaScore(1, Averaging.Macro), "f1_macro", ((6 / 9.0) + 0.5) / 4 },
        { new BalancedAccuracy(), "balanced_accuracy", 1.25 / 3 },
        { new MatthewsCorrelation(), "matthews_correlation", 9 / Math.Sqrt(48 * 40) },
        { new CohensKappa(), "cohens_kappa", 0.2 },
    };

    [Theory]
    [MemberData(nameof(HandWorked))]
    public void Figures_are_those_of_the_formula(IMetric metric, string name, double expected)
    {
        metric.Name.Should().Be(name);
        double value = Measure(metric, _outputs, _targets);
        if (double.IsNaN(expected))
        {
            value.Should().Be(double.NaN);
        }
        else
        {
            value.Should().BeApproximately(expected, 1e-15);
        }
    }

    [Fact]
    public void Without_more_words_it_is_class_1_of_two_that_is_measured()
    {
        Matrix<double> outputs = OneHot.Encode<double>([1, 1, 1, 0, 0], 2);
        Matrix<double> targets = OneHot.Encode<double>([1, 1, 0, 1, 0], 2);
        Measure(new Precision(), outputs, targets).Should().Be(2 / 3.0);
        Measure(new Recall(), outputs, targets).Should().Be(2 / 3.0);
        Measure(new F1Score(), outputs, targets).Should().Be(2 / 3.0);
        Measure(new F1Score(), outputs.SubMatrix(1, 1, 0, 5), targets.SubMatrix(1, 1, 0, 5)).Should().Be(2 / 3.0);
        new F1Score().Name.Should().Be("f1");

        new Precision().Start().Invoking(a => a.Add<double>(_outputs, _targets))
            .Should().Throw<ArgumentException>().WithMessage("'precision'*two*there are 4*Macro*");
    }

    [Fact]
    public void The_threshold_decides_about_a_single_output_and_is_refused_for_several()
    {
        Matrix<double> outputs = Matrix<double>.Build.DenseOfRowArrays([0.2, 0.4, 0.6, 0.8]);
        Matrix<double> targets = Matrix<double>.Build.DenseOfRowArrays([0.0, 1, 0, 1]);
        Measure(new Recall(threshold: 0.5), outputs, targets).Should().Be(0.5);
        Measure(new Recall(threshold: 0.3), outputs, targets).Should().Be(1);
        Measure(new Precision(threshold: 0.3) { Name = "low" }, outputs, targets).Should().Be(2 / 3.0);
        new Recall(Averaging.Macro, threshold: 0.3).Start().Invoking(a => a.Add<double>(_outputs, _targets))
            .Should().Throw<ArgumentException>().WithMessage("*'recall_macro'*0.3*there are 4*");
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new Precision(zeroDivision: 0.5))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*0, 1 or NaN*0.5*");
        FluentActions.Invoking(() => new Recall((Averaging)9))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("averaging");
        FluentActions.Invoking(() => F1Score.OfClass(-1))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("classIndex");
        FluentActions.Invoking(() => new F1Score(threshold: double.PositiveInfinity))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("threshold");
        FluentActions.Invoking(() => new F1Score { Name = "" })
            .Should().Throw<ArgumentException>().WithParameterName("Name");
        FluentActions.Invoking(() => new FBetaScore(0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("beta");
        F1Score.OfClass(4).Start().Invoking(a => a.Add<double>(_outputs, _targets))
            .Should().Throw<ArgumentException>().WithMessage("*class 4*4 outputs*");
    }

    [Fact]
    public void Agreement_is_that_of_classes_and_not_of_labels()
    {
        // All samples and all predictions are of class 0: chance is right every time.
        Matrix<double> zero = OneHot.Encode<double>([0, 0], 2);
        Measure(new CohensKappa(), zero, zero).Should().Be(double.NaN);
        Measure(new MatthewsCorrelation(), zero, zero).Should().Be(0);
        Measure(new BalancedAccuracy(), zero, zero).Should().Be(1);
        var labels = new OutputDescription { Count = 3, Meaning = OutputMeaning.Labels, Scale = OutputScale.Logit };
        foreach (IMetric metric in (IMetric[])
            [new BalancedAccuracy(), new MatthewsCorrelation(), new CohensKappa(0.5) { Name = "kappa" }])
        {
            FluentActions.Invoking(() => metric.Start(labels)).Should().Throw<ArgumentException>()
                .WithMessage($"*'{metric.Name}'*labels*");
        }

        FluentActions.Invoking(() => new CohensKappa(double.NaN))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("threshold");
    }

    private static double Measure(IMetric metric, Matrix<double> outputs, Matrix<double> targets)
    {
        IMetricAccumulator accumulator = metric.Start();
        accumulator.Add<double>(outputs, targets);
        return accumulator.Value;
    }
}
