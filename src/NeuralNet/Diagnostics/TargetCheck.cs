using System.Globalization;
using System.Numerics;
using NeuralNet.Decisions;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Diagnostics;

/// <summary>Looks at whether targets can be reached and understood.</summary>
internal static class TargetCheck
{
    private const double LargeScale = 100;

    // What labels in float may be off by.
    private const double Tolerance = 1e-3;

    /// <summary>Whether the loss reads targets as distributions over classes.</summary>
    public static bool WantsDistributions(ILoss loss) => loss.Meaning == OutputMeaning.Classes;

    /// <summary>The first column that does not sum to 1, and its sum; null if all do.</summary>
    public static double? FirstOddSum<T>(ReadOnlyMatrixSpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int j = 0; j < targets.Columns; j++)
        {
            double sum = double.CreateChecked(LaneSums.Sum(targets.Column(j)));
            if (!(Math.Abs(sum - 1) <= Tolerance * 10))
            {
                return sum;
            }
        }

        return null;
    }

    /// <summary>The warnings about the targets of an output.</summary>
    /// <param name="head">The output and its loss.</param>
    /// <param name="targets">What was seen of its targets.</param>
    /// <param name="oddSum">The sum of a target that should sum to 1; null if there is none.</param>
    public static IEnumerable<TrainingWarning> Check<T>(
        OutputHead<T> head, RowStatistics<T> targets, double? oddSum)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ILoss loss = head.Loss!;
        string? last = head.DecidingLayer?.Name;
        double least = targets.LeastOfAll();
        double most = targets.MostOfAll();
        if (CheckRange(head.DecidingLayer, loss, least, most) is { } message)
        {
            yield return new(TrainingWarningKind.TargetsOutOfRange, last, message);
        }
        else if (loss is MeanSquaredError
            && Enumerable.Range(0, targets.Rows).Max(targets.RootMeanSquare) is var scale && scale > LargeScale)
        {
            yield return new(
                TrainingWarningKind.UnscaledTargets,
                last,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The targets are large: they go from {least:G4} to {most:G4}, so squared errors are up to "
                    + $"{scale * scale:G2} and their gradients make steps overshoot. Fit a Standardization to the "
                    + $"training targets, train with DataSet.TransformTargets, and let a Pipeline with it as outputs, "
                    + $"or Invert, turn predictions back."));
        }

        if (oddSum is { } sum)
        {
            yield return new(
                TrainingWarningKind.TargetsNotDistributions,
                last,
                targets.Rows == 1
                    ? $"The loss '{loss.Name}' compares distributions over classes, but there is one output: "
                      + "its probability is always 1, and nothing is learned. For yes or no use SigmoidCrossEntropy, "
                      + "or two outputs and one-hot targets."
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"The loss '{loss.Name}' takes each target for a distribution over classes, such as a "
                        + $"one-hot one, but one sums to {sum:G4}, not 1. Encode class labels with OneHot.Encode; for "
                        + $"several yes-or-no answers at once use SigmoidCrossEntropy, for numbers MeanSquaredError."));
        }
    }

    /// <summary>The warning for a data set in which all targets are the same.</summary>
    public static TrainingWarning Same(int samples) =>
        new(
            TrainingWarningKind.SameTargets,
            null,
            $"All of the {samples} samples seen have the same target, so the network will give it for every input. If "
            + "the targets are classes, all samples are of one class: check how labels are read, and shuffle the data "
            + "before they are split.");

    private static string? CheckRange<T>(Layer<T>? deciding, ILoss loss, double least, double most)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string found = FormattableString.Invariant($"from {least:G4} to {most:G4}");
        if (loss is SigmoidCrossEntropy or BinaryCrossEntropy or SigmoidFocalLoss or DiceLoss
            || WantsDistributions(loss))
        {
            return least < -Tolerance || most > 1 + Tolerance
                ? $"The targets go {found}, but the loss '{loss.Name}' takes them for probabilities, from 0 to 1. Use "
                  + "0 and 1, or one-hot targets, for classes; for other numbers use MeanSquaredError."
                : null;
        }

        if (loss is Hinge or SquaredHinge)
        {
            return least >= 0 && most > 0
                ? $"The targets go {found}, but the loss '{loss.Name}' takes −1 and 1. Turn labels of 0 and 1 into −1 "
                  + "and 1: 2t − 1."
                : null;
        }

        if (loss is Poisson)
        {
            return least < 0
                ? $"The targets go {found}, but the loss '{loss.Name}' takes them for counts, at least 0."
                : null;
        }

        if (loss is CosineSimilarity)
        {
            // It compares directions, not magnitudes.
            return null;
        }

        OutputRange range = OutputRange.Of(deciding?.Activation);
        double slack = Tolerance * Math.Max(1, Math.Max(Math.Abs(least), Math.Abs(most)));
        if (least >= range.Least - slack && most <= range.Most + slack)
        {
            return null;
        }

        return $"The targets go {found}, but '{deciding!.Name}' ends in {deciding.Activation!.Name}, which gives "
            + "numbers "
            + $"{range.Describe()} only. Leave the last layer without an activation, or scale the targets into that "
            + "range.";
    }
}
