using System.Numerics;
using NeuralNet.Conformal;
using NeuralNet.Decisions;
using NeuralNet.Kinds;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;

namespace NeuralNet.Serialization;

/// <summary>The part of a pipeline's file about the steps behind the network.</summary>
internal static class ResultParts
{
    /// <summary>Writes or reads the results; what is not there is not written.</summary>
    public static PipelineResults Describe<T>(
        Settings<Pipeline<T>> s, IInvertibleTransform? outputs, LabelEncoder? labels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double? threshold = s.OptionalNumber("threshold", p => p.GivenThreshold);
        return new()
        {
            Outputs = outputs,
            Labels = labels,
            AreLabels = s.OptionalFlag("areLabels", p => p.Results.AreLabels ? true : null) ?? false,
            Calibration = s.OptionalCalibration("calibration", p => p.Calibration),
            Thresholds = threshold is { } single
                ? [single]
                : s.OptionalNumbers("labelThresholds", p => p.LabelThresholds),
            Costs = s.OptionalNumbers("costs", p => p.Costs?.ToColumns()) is { } costs
                ? ClassCosts.FromColumns(costs)
                : null,
            LabelSets = LabelSets(s),
            Intervals = Intervals(s),
        };
    }

    private static ConformalLabelSets? LabelSets<T>(Settings<Pipeline<T>> s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<double>? limits = s.OptionalNumbers("labelSetLimits", p => p.LabelSets?.Limits);
        return limits is null
            ? null
            : new(
                s.Flag("labelSetsAreAdaptive", p => p.LabelSets!.Score == ConformalScore.Adaptive)
                    ? ConformalScore.Adaptive
                    : ConformalScore.LeastAmbiguous,
                s.Number("labelSetCoverage", p => p.LabelSets!.Coverage),
                limits);
    }

    private static ConformalIntervals? Intervals<T>(Settings<Pipeline<T>> s)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IReadOnlyList<double>? margins = s.OptionalNumbers("intervalMargins", p => p.Intervals?.Margins);
        return margins is null
            ? null
            : new(
                s.Number("intervalCoverage", p => p.Intervals!.Coverage),
                Rows(s.Integers("intervalLower", p => [.. p.Intervals!.Lower.Select(row => (long)row)])),
                Rows(s.Integers("intervalUpper", p => [.. p.Intervals!.Upper.Select(row => (long)row)])),
                margins);
    }

    private static int[] Rows(IReadOnlyList<long> rows) =>
        [.. rows.Select(row => (int)Math.Clamp(row, -1, int.MaxValue))];
}
