using System.Globalization;
using System.Numerics;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>
/// The way one measurement reads outputs: as its metric was told, and otherwise as what is known of the outputs says.
/// Refuses what makes no sense, and names the metric to use instead.
/// </summary>
internal sealed class OutputReading(
    string metric, OutputDescription known, double? threshold = null, OutputMeaning? meaning = null)
{
    private readonly OutputDescription _known = known.RequireOne(metric);

    /// <summary>The name of the metric in messages.</summary>
    public string Metric => metric;

    /// <summary>The number of outputs, if it is known before the first batch.</summary>
    public int? Count => _known.Count;

    /// <summary>The scale of the outputs; null if unknown.</summary>
    public OutputScale? Scale => _known.Scale;

    /// <summary>The number above which an output means yes.</summary>
    public double Threshold => threshold ?? _known.Threshold ?? throw Unknown();

    /// <summary>The class that outputs name, 0 or 1 of a single one; none if they name none.</summary>
    public int ClassOrNone<T>(ReadOnlySpan<T> outputs)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        outputs.Length == 1 ? Decision.YesOrNone(outputs[0], Threshold)
        : _known.Costs is { } costs ? Decision.ClassOrNone(outputs, costs, Scale ?? OutputScale.Logit)
        : Decision.LargestOrNone(outputs);

    /// <summary>The number above which one of several labels means yes.</summary>
    public double ThresholdOf(int label) => threshold ?? _known.Thresholds?[label] ?? Threshold;

    private OutputMeaning? Meaning => meaning ?? _known.Meaning;

    /// <summary>Whether several outputs are labels, each a question of its own; one output tells two classes.</summary>
    public bool AreLabels(int outputs) => outputs > 1 && Meaning == OutputMeaning.Labels;

    /// <summary>Requires outputs that tell classes apart, one per sample.</summary>
    public void RequireClasses(int outputs)
    {
        if (AreLabels(outputs))
        {
            throw new ArgumentException(
                $"Metric '{metric}' takes the largest output of a sample for its class, but the {outputs} outputs are "
                + $"labels, each a yes-or-no question of its own. Measure {nameof(BinaryAccuracy)} for the share of "
                + $"right answers, {nameof(ExactMatch)} for that of samples with all answers right, or "
                + $"{nameof(F1Score)}, {nameof(Precision)}, {nameof(Recall)} or {nameof(RocAuc)} for each label or "
                + $"averaged. If they are classes that exclude each other, say so: {nameof(Meaning)} = "
                + $"{nameof(OutputMeaning)}.{nameof(OutputMeaning.Classes)}.",
                nameof(outputs));
        }

        if (_known.Shape is { Positions: > 1 } shape)
        {
            throw new ArgumentException(
                $"Metric '{metric}' takes the largest output of a sample for its class, but the {outputs} outputs have "
                + $"the shape {shape}, {shape.Channels} at each of {shape.Positions} steps or pixels. Measure each: "
                + $"add .{nameof(MetricExtensions.PerStep)}({shape.Positions}) to the metric. For one choice "
                + "among all, end the network with Flatten.",
                nameof(outputs));
        }

        if (outputs > 1 && threshold is { } given && given != Decision.Middle)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Metric '{metric}' has a threshold of {given} for a single output, but there are {outputs}, of "
                    + $"which the largest decides. Leave the threshold out."),
                nameof(outputs));
        }

        if (outputs == 1)
        {
            RequireThreshold();
        }
    }

    /// <summary>Requires outputs that each answer a question of their own.</summary>
    public void RequireLabels(int outputs)
    {
        if (outputs > 1 && Meaning == OutputMeaning.Classes)
        {
            throw new ArgumentException(
                $"Metric '{metric}' judges every output by itself, but the {outputs} outputs are classes that exclude "
                + $"each other, and most would be right just by being low. Measure {nameof(Accuracy)}.",
                nameof(outputs));
        }

        RequireThreshold();
    }

    /// <summary>
    /// Requires targets that name a class each, unless the metric itself was told what the outputs mean: a softmax or a
    /// loss says that the network takes them for classes, but not that the data do.
    /// </summary>
    public void RequireNamedClasses<T>(ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (targets.Rows == 1 || meaning is not null)
        {
            return;
        }

        for (int j = 0; j < targets.Columns; j++)
        {
            if (SampleWeights.Of(weights, j) != 0 && !Decision.NamesClass(targets.Column(j)))
            {
                throw new ArgumentException(
                    $"Metric '{metric}' takes the {targets.Rows} outputs for classes that exclude each other, but the "
                    + $"target of sample {j} of the batch names no single class: it is neither one-hot nor sums to 1. "
                    + $"If each output is a yes-or-no question of its own, measure {nameof(BinaryAccuracy)} or "
                    + $"{nameof(ExactMatch)}, or say {nameof(Meaning)} = {nameof(OutputMeaning)}."
                    + $"{nameof(OutputMeaning.Labels)} where the metric has that property.",
                    nameof(targets));
            }
        }
    }

    private void RequireThreshold() => _ = _known.Thresholds is null || threshold is not null ? Threshold : 0;

    private ArgumentException Unknown() =>
        new(
            $"Metric '{metric}' cannot know which outputs mean yes: neither the last activation nor the loss says "
            + "whether they are probabilities or logits. Give it a threshold: 0.5 for targets of 0 and 1, 0 for logits "
            + $"and for targets of −1 and 1. For numbers, measure {nameof(R2Score)} or "
            + $"{nameof(MeanAbsoluteErrorMetric)}.",
            "outputs");
}
