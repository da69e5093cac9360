using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Metrics;

/// <summary>Figures, curves and reports are those of scikit-learn, with weights of samples and without.</summary>
public sealed class WeightedMetricParityTests
{
    private const double Tolerance = 1e-11;
    private const double Level = 0.77;

    private static readonly Case[] _cases = ReferenceFile.Read<Case[]>("weighted_metrics");

    public static TheoryData<int> Cases { get; } = new(Enumerable.Range(0, _cases.Length));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Figures_are_those_of_scikit_learn(int index)
    {
        Case reference = _cases[index];
        var measured = new Dictionary<string, double>();
        foreach (IMetric metric in MetricsOf(reference))
        {
            if (reference.Figures.ContainsKey(metric.Name))
            {
                measured.Add(metric.Name, Measure(metric, reference));
            }
        }

        measured.Keys.Should().BeEquivalentTo(reference.Figures.Keys);
        foreach ((string name, double expected) in reference.Figures)
        {
            Same(measured[name], expected, name);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_confusion_matrix_and_its_report_are_those_of_scikit_learn(int index)
    {
        Case reference = _cases[index];
        if (reference.Confusion is null)
        {
            return;
        }

        int classes = Math.Max(2, reference.Rows);
        var matrix = new ConfusionMatrix(classes, reference.Rows == 1 && reference.Scale == "logit" ? 0 : null);
        matrix.Add(reference.View(reference.Outputs), reference.View(reference.Targets), reference.Weights);
        for (int i = 0; i < reference.Confusion.Length; i++)
        {
            Same(matrix[i / classes, i % classes], reference.Confusion[i], $"cell {i}");
        }

        Same(matrix.BalancedAccuracy, reference.Figures["balanced_accuracy"], "balanced accuracy");
        Same(matrix.MatthewsCorrelation, reference.Figures["matthews_correlation"], "correlation");
        Same(matrix.CohensKappa, reference.Figures["cohens_kappa"], "kappa");

        var report = new ClassificationReport(matrix, [.. Enumerable.Range(0, classes).Select(c => $"kind {c}")]);
        ClassReport[] lines = [.. report.Classes, report.MacroAverage, report.WeightedAverage];
        lines.Should().HaveCount(reference.Report!.Lines.Length);
        foreach ((ClassReport line, double[] expected) in lines.Zip(reference.Report.Lines))
        {
            Same(line.Precision, expected[0], line.Name);
            Same(line.Recall, expected[1], line.Name);
            Same(line.F1, expected[2], line.Name);
            Same(line.Support, expected[3], line.Name);
        }

        report.Accuracy.Should().Be(matrix.Accuracy);
        if (reference.Weights.Length == 0 && reference.Report.Text is { } text)
        {
            report.ToString().Should().Be(text.TrimEnd());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Curves_have_the_points_of_scikit_learn(int index)
    {
        Case reference = _cases[index];
        if (reference.Curves is not { } curves)
        {
            return;
        }

        var roc = ScoreCurve.Roc(
            reference.View(reference.Outputs), reference.View(reference.Targets), reference.Weights);
        Check(roc, curves.RocThresholds, curves.RocX, curves.RocY);
        roc.Area.Should().Be(Measure(new RocAuc(), reference));
        var precisionRecall = ScoreCurve.PrecisionRecall(
            reference.View(reference.Outputs), reference.View(reference.Targets), reference.Weights);
        Check(precisionRecall, curves.PrThresholds, curves.PrX, curves.PrY);
        precisionRecall.Area.Should().Be(Measure(new PrecisionRecallAuc(), reference));

        static void Check(ScoreCurve curve, double[] thresholds, double[] x, double[] y)
        {
            curve.Points.Select(point => point.Threshold).Should().Equal([double.PositiveInfinity, .. thresholds]);
            for (int i = 0; i < curve.Points.Count; i++)
            {
                Same(curve.Points[i].X, x[i], $"x of point {i}");
                Same(curve.Points[i].Y, y[i], $"y of point {i}");
            }
        }
    }

    private static IEnumerable<IMetric> MetricsOf(Case reference)
    {
        Averaging[] averagings = [Averaging.Binary, Averaging.Macro, Averaging.Micro, Averaging.Weighted];
        IEnumerable<IMetric> figures = averagings.SelectMany(averaging => (IMetric[])
        [
            new Precision(averaging), new Recall(averaging), new F1Score(averaging), new FBetaScore(2, averaging),
            new FBetaScore(0.5, averaging),
        ]);
        IEnumerable<IMetric> curves = averagings[1..].SelectMany(averaging => (IMetric[])
        [
            new RocAuc { Averaging = averaging },
            new AveragePrecision { Averaging = averaging },
            new PrecisionRecallAuc { Averaging = averaging },
            new PrecisionAtRecall(Level) { Averaging = averaging },
            new RecallAtPrecision(Level) { Averaging = averaging },
            new SensitivityAtSpecificity(Level) { Averaging = averaging },
            new SpecificityAtSensitivity(Level) { Averaging = averaging },
        ]);
        return reference.Kind == "regression"
            ?
            [
                new MeanAbsoluteErrorMetric(), new MeanSquaredErrorMetric(), new RootMeanSquaredError(),
                new MeanAbsolutePercentageError(), new SymmetricMeanAbsolutePercentageError(), new R2Score(),
                new ExplainedVariance(), new MedianAbsoluteError(), new MaximumError(),
                new MeanSquaredLogarithmicError(), new RootMeanSquaredLogarithmicError(),
            ]
            :
            [
                .. figures, .. curves, RocAuc.OfClass(1), AveragePrecision.OfClass(1), PrecisionRecallAuc.OfClass(1),
                PrecisionAtRecall.OfClass(Level, 1), RecallAtPrecision.OfClass(Level, 1),
                SensitivityAtSpecificity.OfClass(Level, 1), SpecificityAtSensitivity.OfClass(Level, 1),
                new Accuracy(), new TopKAccuracy(2), new BalancedAccuracy(), new MatthewsCorrelation(),
                new CohensKappa(), new BinaryAccuracy(), new ExactMatch(), new LogLoss(), new BrierScore(),
            ];
    }

    /// <summary>Measures in three batches.</summary>
    private static double Measure(IMetric metric, Case reference)
    {
        IMetricAccumulator accumulator = metric.Start(new OutputDescription
        {
            Count = reference.Rows,
            Scale = reference.Scale switch
            {
                "logit" => OutputScale.Logit,
                "probability" => OutputScale.Probability,
                _ => null,
            },
            Meaning = reference.Kind == "labels" ? OutputMeaning.Labels : null,
        });
        ReadOnlyMatrixSpan<double> outputs = reference.View(reference.Outputs);
        ReadOnlyMatrixSpan<double> targets = reference.View(reference.Targets);
        int[] cuts = [0, outputs.Columns / 5, outputs.Columns / 2, outputs.Columns];
        for (int i = 0; i + 1 < cuts.Length; i++)
        {
            int count = cuts[i + 1] - cuts[i];
            accumulator.Add(
                outputs.ColumnRange(cuts[i], count),
                targets.ColumnRange(cuts[i], count),
                reference.Weights.Length == 0 ? [] : reference.Weights.AsSpan(cuts[i], count));
        }

        return accumulator.Value;
    }

    private static void Same(double actual, double expected, string what)
    {
        if (double.IsNaN(expected))
        {
            actual.Should().Be(double.NaN, what);
        }
        else
        {
            actual.Should().BeApproximately(expected, Tolerance * Math.Max(1, Math.Abs(expected)), what);
        }
    }

    private sealed record Case(
        string Kind,
        int Rows,
        string? Scale,
        double[] Outputs,
        double[] Targets,
        double[] Weights,
        Dictionary<string, double> Figures,
        double[]? Confusion,
        Report? Report,
        Curves? Curves)
    {
        public ReadOnlyMatrixSpan<double> View(double[] values) => new(values, Rows, values.Length / Rows);
    }

    private sealed record Report(string? Text, double[][] Lines);

    private sealed record Curves(
        double[] RocThresholds, double[] RocX, double[] RocY, double[] PrThresholds, double[] PrX, double[] PrY);
}
