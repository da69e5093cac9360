using NeuralNet.Guards;

namespace NeuralNet.Calibrations;

/// <summary>Fits calibrations to the logits of a classifier and the answers.</summary>
internal static class CalibrationFit
{
    /// <summary>Fits the calibration of a single output or of several classes.</summary>
    /// <param name="method">The method.</param>
    /// <param name="logits">The logits, sample after sample, finite.</param>
    /// <param name="outputs">Number of logits of each sample: 1, or the number of classes.</param>
    /// <param name="classes">The class of each sample; of a single output 1 for yes and 0 for no.</param>
    /// <param name="argument">The argument that the data come from.</param>
    /// <exception cref="ArgumentException">The data lack a class, or tell of no best calibration.</exception>
    public static ICalibration OfClasses(
        CalibrationMethod method,
        ReadOnlySpan<double> logits,
        int outputs,
        ReadOnlySpan<int> classes,
        string argument)
    {
        RequireAll(classes, Math.Max(2, outputs), argument);
        if (method == CalibrationMethod.Temperature || outputs == 1)
        {
            return Fit(method, logits, outputs, classes, argument);
        }

        double[] logOdds = logits.ToArray();
        for (int start = 0; start < logOdds.Length; start += outputs)
        {
            Decisions.LogOdds.OfEachClass(logOdds.AsSpan(start, outputs));
        }

        var parts = new ICalibration[outputs];
        int[] answers = new int[classes.Length];
        for (int k = 0; k < outputs; k++)
        {
            for (int j = 0; j < answers.Length; j++)
            {
                answers[j] = classes[j] == k ? 1 : 0;
            }

            parts[k] = Fit(method, Row(logOdds, outputs, k), 1, answers, argument);
        }

        return new OneVersusRestCalibration(parts);
    }

    /// <summary>Fits the calibration of several labels.</summary>
    /// <param name="method">The method.</param>
    /// <param name="logits">The logits, sample after sample, finite.</param>
    /// <param name="outputs">Number of labels.</param>
    /// <param name="answers">1 for yes and 0 for no, sample after sample.</param>
    /// <param name="argument">The argument that the data come from.</param>
    /// <exception cref="ArgumentException">A label always or never applies, or no calibration is best.</exception>
    public static ICalibration OfLabels(
        CalibrationMethod method,
        ReadOnlySpan<double> logits,
        int outputs,
        ReadOnlySpan<int> answers,
        string argument)
    {
        var parts = new ICalibration[outputs];
        for (int k = 0; k < outputs; k++)
        {
            int[] ofLabel = Row(answers, outputs, k);
            RequireAll(ofLabel, 2, argument, $" of label {k}");
            parts[k] = Fit(method, Row(logits, outputs, k), 1, ofLabel, argument);
        }

        return new PerLabelCalibration(parts);
    }

    private static ICalibration Fit(
        CalibrationMethod method,
        ReadOnlySpan<double> logits,
        int outputs,
        ReadOnlySpan<int> classes,
        string argument) => method switch
        {
            CalibrationMethod.Temperature => TemperatureScaling.Fit(logits, outputs, classes, argument),
            CalibrationMethod.Platt => PlattScaling.Fit(logits, classes),
            _ => IsotonicCalibration.Fit(logits, classes),
        };

    private static TElement[] Row<TElement>(ReadOnlySpan<TElement> values, int rows, int row)
    {
        var result = new TElement[values.Length / rows];
        for (int j = 0; j < result.Length; j++)
        {
            result[j] = values[(j * rows) + row];
        }

        return result;
    }

    // What never occurs would be said to be impossible.
    private static void RequireAll(ReadOnlySpan<int> classes, int count, string argument, string of = "")
    {
        var seen = new bool[count];
        foreach (int one in classes)
        {
            seen[one] = true;
        }

        int missing = Array.IndexOf(seen, false);
        if (missing >= 0)
        {
            string what = count > 2 ? $"class {missing}" : missing == 0 ? "answer no" : "answer yes";
            throw new ArgumentException(
                $"Each answer must occur in the data of a calibration, but none of the "
                + $"{Quantity.Of(classes.Length, "sample")} has the {what}{of}. Give more data, or split them with "
                + "strata.",
                argument);
        }
    }
}
