using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.LinearAlgebra;
using NeuralNet.Metrics;
using NeuralNet.Tests.Parity;

namespace NeuralNet.Tests.Metrics;

/// <summary>Figures are those of scikit-learn.</summary>
public sealed class MetricParityTests
{
    private const double Tolerance = 1e-12;

    private static readonly ReferenceFigures _reference = ReferenceFile.Read<ReferenceFigures>("metrics");

    public static TheoryData<int> ClassificationCases { get; } = new(
        Enumerable.Range(0, _reference.Classification.Length));

    public static TheoryData<int> BinaryCases { get; } = new(Enumerable.Range(0, _reference.Binary.Length));

    public static TheoryData<int> RegressionCases { get; } = new(Enumerable.Range(0, _reference.Regression.Length));

    [Theory]
    [MemberData(nameof(ClassificationCases))]
    public void A_classifier_has_the_figures_of_scikit_learn(int index)
    {
        Classification reference = _reference.Classification[index];
        var outputs = Matrix<double>.Build.Dense(reference.Classes, reference.Actual.Length, reference.Outputs);
        Matrix<double> targets = OneHot.Encode<double>(reference.Actual, reference.Classes);

        Check(new Accuracy(), reference.Accuracy, outputs, targets);
        for (int k = 1; k <= reference.TopK.Length; k++)
        {
            Check(new TopKAccuracy(k), reference.TopK[k - 1], outputs, targets);
        }

        Check(new RocAuc(reference.Logits), reference.RocAuc, outputs, targets);
        for (int c = 0; c < reference.Classes; c++)
        {
            Check(RocAuc.OfClass(c, reference.Logits), reference.RocAucOfClass[c], outputs, targets);
        }

        CheckFigures(reference.Figures, 0.5, reference.Confusion, reference.Classes, outputs, targets);
    }

    [Theory]
    [MemberData(nameof(BinaryCases))]
    public void A_single_output_has_the_figures_of_scikit_learn(int index)
    {
        Binary reference = _reference.Binary[index];
        var outputs = Matrix<double>.Build.Dense(1, reference.Actual.Length, reference.Outputs);
        var targets = Matrix<double>.Build.Dense(1, reference.Actual.Length, (_, j) => reference.Actual[j]);

        Check(new BinaryAccuracy(reference.Threshold), reference.Accuracy, outputs, targets);
        Check(new RocAuc(), reference.RocAuc, outputs, targets);
        Check(RocAuc.OfClass(0), reference.RocAuc, outputs, targets);
        Check(new Precision(threshold: reference.Threshold), reference.Precision, outputs, targets);
        Check(new Recall(threshold: reference.Threshold), reference.Recall, outputs, targets);
        Check(new F1Score(threshold: reference.Threshold), reference.F1, outputs, targets);
        CheckFigures(reference.Figures, reference.Threshold, reference.Confusion, 2, outputs, targets);
    }

    [Theory]
    [MemberData(nameof(RegressionCases))]
    public void A_regression_has_the_figures_of_scikit_learn(int index)
    {
        Regression reference = _reference.Regression[index];
        int samples = reference.Outputs.Length / reference.Rows;
        var outputs = Matrix<double>.Build.Dense(reference.Rows, samples, reference.Outputs);
        var targets = Matrix<double>.Build.Dense(reference.Rows, samples, reference.Targets);
        Check(new MeanAbsoluteErrorMetric(), reference.Mae, outputs, targets);
        Check(new MeanSquaredErrorMetric(), reference.Mse, outputs, targets);
        Check(new RootMeanSquaredError(), reference.Rmse, outputs, targets);
        Check(new R2Score(), reference.R2, outputs, targets);
    }

    private static void CheckFigures(
        ClassFigures figures,
        double threshold,
        long[] confusion,
        int classes,
        Matrix<double> outputs,
        Matrix<double> targets)
    {
        var matrix = new ConfusionMatrix(classes, threshold);
        matrix.Add<double>(outputs, targets);
        for (int i = 0; i < confusion.Length; i++)
        {
            matrix[i / classes, i % classes].Should().Be(confusion[i]);
        }

        for (int c = 0; c < classes; c++)
        {
            Check(Precision.OfClass(c, threshold), figures.Precision0[c], outputs, targets);
            Check(Precision.OfClass(c, threshold, 1), figures.Precision1[c], outputs, targets);
            Check(Recall.OfClass(c, threshold), figures.Recall0[c], outputs, targets);
            Check(Recall.OfClass(c, threshold, 1), figures.Recall1[c], outputs, targets);
            Check(F1Score.OfClass(c, threshold), figures.F10[c], outputs, targets);
            Check(F1Score.OfClass(c, threshold, 1), figures.F11[c], outputs, targets);
            matrix.Precision(c).Should().BeApproximately(figures.Precision0[c], Tolerance);
            matrix.Recall(c, 1).Should().BeApproximately(figures.Recall1[c], Tolerance);
            matrix.F1Score(c, 1).Should().BeApproximately(figures.F11[c], Tolerance);
        }

        (Averaging Averaging, double ZeroDivision, double Precision, double Recall, double F1)[] averages =
        [
            (Averaging.Macro, 0, figures.Precision0Macro, figures.Recall0Macro, figures.F10Macro),
            (Averaging.Macro, 1, figures.Precision1Macro, figures.Recall1Macro, figures.F11Macro),
            (Averaging.Macro, double.NaN, figures.PrecisionNaNMacro, figures.RecallNaNMacro, figures.F1NaNMacro),
            (Averaging.Micro, 0, figures.Precision0Micro, figures.Recall0Micro, figures.F10Micro),
            (Averaging.Weighted, 0, figures.Precision0Weighted, figures.Recall0Weighted, figures.F10Weighted),
            (Averaging.Weighted, 1, figures.Precision1Weighted, figures.Recall1Weighted, figures.F11Weighted),
        ];
        foreach ((Averaging averaging, double zero, double precision, double recall, double f1) in averages)
        {
            Check(new Precision(averaging, threshold, zero), precision, outputs, targets);
            Check(new Recall(averaging, threshold, zero), recall, outputs, targets);
            Check(new F1Score(averaging, threshold, zero), f1, outputs, targets);
            matrix.Precision(averaging, zero).Should().BeApproximately(precision, Tolerance);
            matrix.Recall(averaging, zero).Should().BeApproximately(recall, Tolerance);
            matrix.F1Score(averaging, zero).Should().BeApproximately(f1, Tolerance);
        }
    }

    /// <summary>Measures in three batches.</summary>
    private static void Check(
        IMetric metric, double expected, ReadOnlyMatrixSpan<double> outputs, ReadOnlyMatrixSpan<double> targets)
    {
        IMetricAccumulator accumulator = metric.Start();
        int[] cuts = [0, outputs.Columns / 5, outputs.Columns / 2, outputs.Columns];
        for (int i = 0; i + 1 < cuts.Length; i++)
        {
            int count = cuts[i + 1] - cuts[i];
            accumulator.Add(outputs.ColumnRange(cuts[i], count), targets.ColumnRange(cuts[i], count));
        }

        if (double.IsNaN(expected))
        {
            accumulator.Value.Should().Be(double.NaN, metric.Name);
        }
        else
        {
            accumulator.Value
                .Should().BeApproximately(expected, Tolerance * Math.Max(1, Math.Abs(expected)), metric.Name);
        }
    }

    private sealed record ReferenceFigures(Classification[] Classification, Binary[] Binary, Regression[] Regression);

    private sealed record Classification(
        int Classes,
        bool Logits,
        double[] Outputs,
        int[] Actual,
        long[] Confusion,
        double Accuracy,
        double[] TopK,
        double RocAuc,
        double[] RocAucOfClass,
        ClassFigures Figures);

    private sealed record Binary(
        double Threshold,
        double[] Outputs,
        int[] Actual,
        long[] Confusion,
        double Accuracy,
        double RocAuc,
        double Precision,
        double Recall,
        double F1,
        ClassFigures Figures);

    private sealed record Regression(
        int Rows, double[] Outputs, double[] Targets, double Mae, double Mse, double Rmse, double R2);

    private sealed record ClassFigures(
        double[] Precision0,
        double Precision0Macro,
        double Precision0Micro,
        double Precision0Weighted,
        double[] Precision1,
        double Precision1Macro,
        double Precision1Weighted,
        double PrecisionNaNMacro,
        double[] Recall0,
        double Recall0Macro,
        double Recall0Micro,
        double Recall0Weighted,
        double[] Recall1,
        double Recall1Macro,
        double Recall1Weighted,
        double RecallNaNMacro,
        double[] F10,
        double F10Macro,
        double F10Micro,
        double F10Weighted,
        double[] F11,
        double F11Macro,
        double F11Weighted,
        double F1NaNMacro);
}
