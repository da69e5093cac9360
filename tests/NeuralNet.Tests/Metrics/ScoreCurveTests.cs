using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Metrics;

namespace NeuralNet.Tests.Metrics;

public sealed class ScoreCurveTests
{
    private const double Infinity = double.PositiveInfinity;

    // Scores 4, 3, 3, 2, 1: yes, yes, no, no, yes.
    private static readonly Matrix<double> _scores = Matrix<double>.Build.DenseOfRowArrays([3, 1, 4, 2, 3.0]);
    private static readonly Matrix<double> _targets = Matrix<double>.Build.DenseOfRowArrays([1, 1, 1, 0, 0.0]);

    [Fact]
    public void A_ROC_curve_goes_from_one_score_to_the_next_lower_one()
    {
        var curve = ScoreCurve.Roc<double>(_scores, _targets);
        curve.Points.Should().Equal(
            new(Infinity, 0, 0), new(4, 0, 1 / 3.0), new(3, 0.5, 2 / 3.0), new(2, 1, 2 / 3.0), new(1, 1, 1));
        curve.Area.Should().Be(3.5 / 6);
        curve.ToString().Should().Be("5 points, area 0.5833");
    }

    [Fact]
    public void A_precision_recall_curve_begins_at_a_precision_of_1()
    {
        var curve = ScoreCurve.PrecisionRecall<double>(_scores, _targets);
        curve.Points.Should().Equal(
            new(Infinity, 0, 1), new(4, 1 / 3.0, 1), new(3, 2 / 3.0, 2 / 3.0), new(2, 2 / 3.0, 0.5),
            new(1, 1, 0.6));
        curve.Area.Should().BeApproximately((1 / 3.0) + (2.5 / 9) + (0.55 / 3), 1e-15);
    }

    [Fact]
    public void Figures_at_a_level_are_the_best_of_its_thresholds()
    {
        Measure(new PrecisionAtRecall(2 / 3.0)).Should().Be(2 / 3.0);
        Measure(new PrecisionAtRecall(0.7)).Should().Be(0.6);
        Measure(new RecallAtPrecision(0.6)).Should().Be(1);
        Measure(new RecallAtPrecision(0.7)).Should().Be(1 / 3.0);
        Measure(new SensitivityAtSpecificity(0.5)).Should().Be(2 / 3.0);
        Measure(new SensitivityAtSpecificity(0.6)).Should().Be(1 / 3.0);
        Measure(new SpecificityAtSensitivity(1 / 3.0)).Should().Be(1);
        Measure(new SpecificityAtSensitivity(0.7)).Should().Be(0);
        Measure(new AveragePrecision()).Should().BeApproximately((1 / 3.0) + (2 / 9.0) + 0.2, 1e-15);

        static double Measure(IMetric metric)
        {
            IMetricAccumulator accumulator = metric.Start();
            accumulator.Add<double>(_scores, _targets);
            return accumulator.Value;
        }
    }

    [Fact]
    public void Of_several_classes_or_labels_one_is_chosen()
    {
        Matrix<float> logits = TestData.Uniform<float>(3, 50, seed: 1, from: -3, to: 3);
        Matrix<float> targets = OneHot.Encode<float>([.. Enumerable.Range(0, 50).Select(j => j * j % 3)], 3);
        var of = new OutputDescription { Scale = OutputScale.Logit, Meaning = OutputMeaning.Classes };
        IMetricAccumulator area = RocAuc.OfClass(2).Start(of);
        area.Add<float>(logits, targets);
        ScoreCurve.Roc<float>(logits, targets, classIndex: 2, of: of).Area.Should().Be(area.Value);

        var labels = new OutputDescription { Scale = OutputScale.Logit, Meaning = OutputMeaning.Labels };
        IMetricAccumulator ofLabel = RocAuc.OfClass(0).Start(labels);
        ofLabel.Add<float>(logits, targets);
        ScoreCurve.Roc<float>(logits, targets, classIndex: 0, of: labels).Area.Should().Be(ofLabel.Value);

        FluentActions.Invoking(() => ScoreCurve.Roc<float>(logits, targets, of: of)).Should()
            .Throw<ArgumentException>().WithMessage("*choose one*").WithParameterName("classIndex");
        FluentActions.Invoking(() => ScoreCurve.Roc<float>(logits, targets, classIndex: 3, of: of)).Should()
            .Throw<ArgumentException>().WithMessage("*class 3*3 outputs*");
        FluentActions.Invoking(() => ScoreCurve.Roc<float>(logits, targets, classIndex: -1, of: of)).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("classIndex");
        FluentActions.Invoking(() => ScoreCurve.PrecisionRecall<float>(logits, targets, classIndex: 1)).Should()
            .Throw<ArgumentException>().WithMessage("*sum to 1*");
    }

    [Fact]
    public void NaN_is_refused_and_samples_of_one_kind_have_no_area()
    {
        Matrix<double> odd = _scores.Clone();
        odd[0, 1] = double.NaN;
        FluentActions.Invoking(() => ScoreCurve.Roc<double>(odd, _targets))
            .Should().Throw<ArgumentException>().WithMessage("*NaN*").WithParameterName("outputs");
        var without = ScoreCurve.Roc<double>(odd, _targets, [1, 0, 1, 1, 1]);
        without.Points.Should().HaveCount(4);
        without.Area.Should().Be(0.875);

        var positive = ScoreCurve.Roc<double>(_scores, _targets, [1, 1, 1, 0, 0]);
        positive.Area.Should().Be(double.NaN);
        positive.Points.Should().AllSatisfy(point => point.X.Should().Be(double.NaN));
        positive.Points[^1].Y.Should().Be(1);
        ScoreCurve.PrecisionRecall<double>(_scores, _targets, [1, 1, 1, 0, 0]).Area.Should().Be(1);
        ScoreCurve.PrecisionRecall<double>(_scores, _targets, [0, 0, 0, 1, 1]).Area.Should().Be(double.NaN);
    }

    [Fact]
    public void Levels_and_averagings_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new PrecisionAtRecall(0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("recall");
        FluentActions.Invoking(() => new RecallAtPrecision(90))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("precision").WithMessage("*0.9*");
        FluentActions.Invoking(() => new SensitivityAtSpecificity(double.NaN))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("specificity");
        FluentActions.Invoking(() => SpecificityAtSensitivity.OfClass(0.5, -1))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("classIndex");
        FluentActions.Invoking(() => new RocAuc { Averaging = Averaging.Binary })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Macro, Micro or Weighted*");
        new RocAuc { Averaging = Averaging.Micro }.Name.Should().Be("roc_auc_micro");
        PrecisionAtRecall.OfClass(0.95, 3).Name.Should().Be("precision_at_recall_0.95_class_3");
    }
}
