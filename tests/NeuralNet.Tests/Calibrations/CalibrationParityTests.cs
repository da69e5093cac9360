using NeuralNet.Calibrations;
using NeuralNet.Decisions;
using NeuralNet.Metrics;

namespace NeuralNet.Tests.Calibrations;

/// <summary>Calibrations, reliability curves and thresholds beside those of scikit-learn.</summary>
public sealed class CalibrationParityTests
{
    private const double Precision = 1e-9;

    public static TheoryData<int> Binary { get; } = new(Enumerable.Range(0, CalibrationReference.File.Binary.Count));

    public static TheoryData<int> Classes { get; } = new(Enumerable.Range(0, CalibrationReference.File.Classes.Count));

    [Theory]
    [MemberData(nameof(Binary))]
    public void One_output_is_calibrated_as_by_scikit_learn(int index)
    {
        CalibrationReference.BinaryCase expected = CalibrationReference.File.Binary[index];
        var temperature = (TemperatureScaling)Fit(CalibrationMethod.Temperature);
        Close(temperature.Temperature, expected.Temperature);

        var platt = (PlattScaling)Fit(CalibrationMethod.Platt);
        Close(platt.Slope, expected.Slope);
        Close(platt.Intercept, expected.Intercept);
        Same(Apply(platt, expected.At, 1), expected.Platt);

        var isotonic = (IsotonicCalibration)Fit(CalibrationMethod.Isotonic);
        Same(isotonic.Scores, expected.Scores);
        Same(isotonic.Probabilities, expected.Probabilities);
        Same(Apply(isotonic, expected.At, 1), expected.Isotonic);

        ICalibration Fit(CalibrationMethod method) =>
            CalibrationFit.OfClasses(method, expected.Logits, 1, expected.Answers, "data");
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void Several_classes_are_calibrated_as_by_scikit_learn(int index)
    {
        CalibrationReference.ClassCase expected = CalibrationReference.File.Classes[index];
        ICalibration temperature = Fit(CalibrationMethod.Temperature);
        Close(((TemperatureScaling)temperature).Temperature, expected.Temperature);
        Same(Apply(temperature, expected.Logits, expected.Classes), expected.Tempered);
        Same(Apply(Fit(CalibrationMethod.Platt), expected.Logits, expected.Classes), expected.Platt);
        Same(Apply(Fit(CalibrationMethod.Isotonic), expected.Logits, expected.Classes), expected.Isotonic);

        ICalibration Fit(CalibrationMethod method) =>
            CalibrationFit.OfClasses(method, expected.Logits, expected.Classes, expected.Actual, "data");
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void Reliability_curves_are_those_of_scikit_learn(int index)
    {
        CalibrationReference.BinaryCase expected = CalibrationReference.File.Binary[index];
        double[] probabilities = Array.ConvertAll(expected.Logits, LogOdds.Sigmoid);
        bool[] outcomes = Array.ConvertAll(expected.Answers, answer => answer == 1);
        foreach (CalibrationReference.Curve curve in expected.Curves)
        {
            var found = ReliabilityCurve.Of(
                probabilities, outcomes, curve.Bins, curve.Quantile ? Binning.Quantile : Binning.Uniform);
            Same([.. found.Bins.Select(bin => bin.Observed)], curve.Observed);
            Same([.. found.Bins.Select(bin => bin.MeanPredicted)], curve.Predicted);
            found.Count.Should().Be(outcomes.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Binary))]
    public void The_threshold_of_a_goal_has_the_best_value_of_all_thresholds(int index)
    {
        CalibrationReference.BinaryCase expected = CalibrationReference.File.Binary[index];
        foreach ((string name, double best) in expected.Goals)
        {
            ThresholdGoal goal = name switch
            {
                "accuracy" => ThresholdGoal.Accuracy,
                "f1" => ThresholdGoal.F1,
                "f2" => ThresholdGoal.FBeta(2),
                "balanced" => ThresholdGoal.BalancedAccuracy,
                "matthews" => ThresholdGoal.Matthews,
                "precision" => ThresholdGoal.PrecisionAtLeast(0.8),
                "recall" => ThresholdGoal.RecallAtLeast(0.7),
                _ => ThresholdGoal.LeastCost(1.5, 4),
            };
            double threshold = ThresholdSearch.Best(expected.Logits, expected.Answers, goal, usual: 0, "data");
            Close(goal.Score(Counts(expected.Logits, expected.Answers, threshold)), best);
        }
    }

    private static BinaryCounts Counts(double[] scores, int[] answers, double threshold)
    {
        var counts = default(BinaryCounts);
        for (int j = 0; j < scores.Length; j++)
        {
            counts = (scores[j] > threshold, answers[j] == 1) switch
            {
                (true, true) => counts with { TruePositives = counts.TruePositives + 1 },
                (true, false) => counts with { FalsePositives = counts.FalsePositives + 1 },
                (false, true) => counts with { FalseNegatives = counts.FalseNegatives + 1 },
                _ => counts with { TrueNegatives = counts.TrueNegatives + 1 },
            };
        }

        return counts;
    }

    private static double[] Apply(ICalibration calibration, double[] logits, int outputs)
    {
        double[] result = [.. logits];
        for (int start = 0; start < result.Length; start += outputs)
        {
            calibration.Apply(result.AsSpan(start, outputs));
        }

        return result;
    }

    private static void Close(double actual, double expected) =>
        actual.Should().BeApproximately(expected, Precision * Math.Max(1e-3, Math.Abs(expected)));

    private static void Same(IReadOnlyList<double> actual, double[] expected)
    {
        actual.Should().HaveSameCount(expected);
        for (int i = 0; i < expected.Length; i++)
        {
            actual[i].Should().BeApproximately(expected[i], Precision * Math.Max(1e-3, Math.Abs(expected[i])));
        }
    }
}
