using NeuralNet.Calibrations;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Evaluation;
using NeuralNet.Metrics;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Pipelines;
using NeuralNet.Training;
using Xunit.Abstractions;

namespace NeuralNet.Tables.Tests;

/// <summary>
/// Calibration, thresholds and label sets on UCI's Adult, of a network that was trained too long and one that was
/// trained with class weights.
/// </summary>
public sealed class AdultTrustTests(ITestOutputHelper output)
{
    [AdultFact]
    public void Probabilities_mean_what_they_say_and_sets_hold_nine_of_ten()
    {
        var options = new CsvOptions
        {
            Names =
            [
                "age", "workclass", "weight", "education", "years_of_education", "marital_status", "occupation",
                "relationship", "race", "sex", "capital_gain", "capital_loss", "hours_per_week", "country", "income",
            ],
            Missing = MissingValues.Category,
            PerColumn = { ["income"] = new() { Map = text => text.TrimEnd('.') } },
        };
        Table all = Table.Read(Path.Combine(AdultFactAttribute.Folder!, "adult-train.csv"), options);
        Table test = Table.Read(Path.Combine(AdultFactAttribute.Folder!, "adult-test.csv"), options);
        (Table training, Table rest) = all.StratifiedSplit("income", 0.6, seed: 1);
        (Table validation, Table calibration) = rest.StratifiedSplit("income", 0.5, seed: 2);
        TableSchema schema = training.FitBinaryClassification("income", positive: ">50K");

        // Without dropout and weight decay it learns the training data by heart, and is too sure of itself.
        Pipeline<float> memorizing = Train(epochs: 12, ofPositives: 1);
        double before = memorizing.Reliability(test, bins: 15).ExpectedError;
        Halves(memorizing, CalibrationMethod.Temperature);
        Halves(memorizing, CalibrationMethod.Platt);

        // Class weights shift all probabilities, which a temperature cannot take back.
        Pipeline<float> weighted = Train(epochs: 3, ofPositives: 3);
        before = weighted.Reliability(test, bins: 15).ExpectedError;
        Halves(weighted, CalibrationMethod.Platt);
        Halves(weighted, CalibrationMethod.Isotonic);

        Pipeline<float> pipeline = memorizing.Calibrate(validation, CalibrationMethod.Platt);
        IMetric[] f1 = [new F1Score()];
        Pipeline<float> chosen = pipeline.ChooseThreshold(validation, ThresholdGoal.F1);
        double usual = pipeline.Evaluate(test, f1)["f1"];
        double best = chosen.Evaluate(test, f1)["f1"];
        output.WriteLine($"F1 {usual:0.0000} at ½, {best:0.0000} at {chosen.Threshold:0.000}");
        best.Should().BeGreaterThan(usual);

        CoverageReport report = memorizing.ToConformal(calibration, coverage: 0.9).EvaluateCoverage(test);
        output.WriteLine(report.ToString());
        report.Coverage.Should().BeApproximately(0.9, 0.01);
        report = memorizing.ToConformal(calibration, coverage: 0.9, perClass: true).EvaluateCoverage(test);
        output.WriteLine(report.ToString());
        report.Parts.Should().AllSatisfy(part => part.Coverage.Should().BeApproximately(0.9, 0.03));

        void Halves(Pipeline<float> raw, CalibrationMethod method)
        {
            Pipeline<float> calibrated = raw.Calibrate(validation, method);
            double after = calibrated.Reliability(test, bins: 15).ExpectedError;
            output.WriteLine($"ECE {before:0.0000} to {after:0.0000} by {method}: {calibrated.Calibration}");
            after.Should().BeLessThan(before / 2);
            SavedPipeline.Loaded(calibrated).PredictLabels(test).Should().Equal(calibrated.PredictLabels(test));
        }

        Pipeline<float> Train(int epochs, float ofPositives)
        {
            Network<float> network = schema.BuildNetwork<float>(seed: 1, hidden: [128, 128], dropout: 0);
            DataSet<float> data = schema.ToTrainingSet<float>(training, seed: 1);
            float[] weights = [.. data.Targets.Values.ToArray().Select(target => target > 0.5f ? ofPositives : 1)];
            new Trainer<float>(network, schema.Loss, new Adam(0.002)).Fit(
                data.WithWeights(weights),
                new() { Epochs = epochs, BatchSize = 256 });
            return schema.ToPipeline(network);
        }
    }
}
