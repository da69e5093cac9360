using System.Globalization;
using System.Text;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Calibrations;
using NeuralNet.Decisions;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Pipelines;
using NeuralNet.Randomness;
using static NeuralNet.Tables.Tests.TestTable;

namespace NeuralNet.Tables.Tests;

/// <summary>Pipelines are measured on tables, and calibrated by them, as by data sets.</summary>
public sealed class TableEvaluationTests
{
    [Theory]
    [InlineData("no", "yes")]
    [InlineData("0", "1")]
    [InlineData("a", "b")]
    [InlineData("1.5", "20")]
    [InlineData("1,5", "1,50")]
    [InlineData("2024-01-01", "2024-02-01")]
    public void Two_classes_are_measured_and_calibrated(string no, string yes)
    {
        Table table = Rows(600, x => x > 0 ? yes : no, noise: true);
        TableSchema schema = table.FitBinaryClassification("y", yes, Standardized);
        Pipeline<double> pipeline = schema.ToPipeline(Sloped(1));
        Pipeline<double> loaded = SavedPipeline.Loaded(pipeline);
        IMetric[] metrics = [new F1Score(), new RocAuc(), new BinaryAccuracy()];
        loaded.Evaluate(table, metrics).Should().Equal(pipeline.Evaluate(table, metrics));
        loaded.Evaluate(table, metrics)["binary_accuracy"].Should().Be(
            pipeline.PredictLabels(table).Zip(schema.ToLabels(table))
                .Average(pair => pair.First == schema.Labels!.Decode(pair.Second) ? 1.0 : 0));

        Pipeline<double> sure = SavedPipeline.Loaded(loaded.Calibrate(table, CalibrationMethod.Platt)
            .ChooseThreshold(table, ThresholdGoal.BalancedAccuracy).ToConformal(table, 0.9));
        sure.Reliability(table).ExpectedError.Should().BeLessThan(loaded.Reliability(table).ExpectedError / 2);
        sure.Evaluate(table, [new ExpectedCalibrationError(10)])["expected_calibration_error"].Should()
            .BeApproximately(sure.Reliability(table).ExpectedError, 1e-12);
        sure.EvaluateCoverage(table).Coverage.Should().BeInRange(0.9, 0.91);
        sure.PredictLabelSets(table).Should().HaveCount(600).And.OnlyContain(set => set.All(l => l == no || l == yes));
        sure.PredictProbabilities(table).Row(1).Should().Equal(sure.Predict(table).Row(0));
        sure.Schema().TargetNames.Should().Equal("y");
    }

    [Fact]
    public void Several_classes_are_measured_and_calibrated()
    {
        Table table = Rows(500, x => x > 0.3 ? "high" : x < -0.3 ? "low" : "mid", noise: true);
        TableSchema schema = table.FitClassification("y", Standardized);
        Pipeline<double> pipeline = SavedPipeline.Loaded(schema.ToPipeline(Sloped(3)));
        Pipeline<double> sure = pipeline.Calibrate(table).ChooseThreshold(table, ThresholdGoal.F1)
            .ToConformal(table, 0.8);
        IMetric[] f1 = [new F1Score(Averaging.Macro)];
        sure.Evaluate(table, f1)["f1_macro"].Should().BeGreaterThanOrEqualTo(pipeline.Evaluate(table, f1)["f1_macro"]);
        sure.EvaluateCoverage(table).Coverage.Should().BeGreaterThanOrEqualTo(0.8);
    }

    [Fact]
    public void Numbers_are_measured_in_their_own_unit_and_get_intervals()
    {
        Table table = Rows(300, x => (1000 + (50 * x)).ToString(CultureInfo.InvariantCulture), noise: false);
        TableSchema schema = table.FitRegression("y", Standardized);
        Pipeline<double> pipeline = SavedPipeline.Loaded(schema.ToPipeline(Sloped(1)));
        double mae = pipeline.Evaluate(table, [new MeanAbsoluteErrorMetric()])["mae"];
        mae.Should().BeApproximately(
            pipeline.Predict(table).Row(0).Zip(
                table["y"].Values.ToArray(), (predicted, actual) => Math.Abs(predicted - actual)).Average(), 1e-9);
        Pipeline<double> sure = SavedPipeline.Loaded(pipeline.ToConformal(table, 0.9));
        (Matrix<double> lower, Matrix<double> upper) = sure.PredictIntervals(table);
        (upper[0, 0] - lower[0, 0]).Should().BeApproximately(2 * sure.Intervals!.Margins[0], 1e-9);
        sure.EvaluateCoverage(table).Coverage.Should().BeInRange(0.9, 0.91);
    }

    [Fact]
    public void A_pipeline_that_does_not_know_what_it_predicts_is_refused()
    {
        Table table = Rows(20, x => x > 0 ? "b" : "a", noise: false);
        TableSchema schema = table.FitBinaryClassification("y", "b", Standardized);
        Pipeline<double> old = Pipeline.Create(
            Sloped(1), schema.Inputs, labels: schema.Labels, columns: [new("x")]);
        old.Invoking(p => p.Evaluate(table, [new RocAuc()])).Should().Throw<InvalidOperationException>()
            .WithMessage("The pipeline does not know which column it predicts*ToPipeline*");
        old.Schema().TargetNames.Should().BeEmpty();
        old.PredictLabels(table).Should().HaveCount(20);
        schema.ToPipeline(Sloped(1)).Invoking(p => p.Evaluate(Read("x\n1\n2\n"), [new RocAuc()])).Should()
            .Throw<InvalidDataException>().WithMessage("*y*");
    }

    // Five times as steep as the data are.
    private static Network<double> Sloped(int outputs)
    {
        Network<double> network = Network.Create<double>(1, seed: 1).Dense(outputs).Build();
        network.Parameter("dense1.weights").Set(
            Matrix<double>.Build.Dense(outputs, 1, (i, _) => outputs == 1 ? 10 : i == 0 ? 8 : i == 1 ? -8 : 0));
        return network;
    }

    private static Table Rows(int count, Func<double, string> target, bool noise)
    {
        Random random = RandomStream.FromSeed(1).CreateGenerator();
        var text = new StringBuilder("x,y\n");
        for (int i = 0; i < count; i++)
        {
            double x = (2 * random.NextDouble()) - 1;
            double shift = noise ? random.NextDouble() - 0.5 + random.NextDouble() - 0.5 : 0;
            text.Append(CultureInfo.InvariantCulture, $"{x},\"{target(x + shift)}\"\n");
        }

        return Read(text.ToString());
    }
}
