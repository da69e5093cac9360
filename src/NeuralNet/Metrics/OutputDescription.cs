using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;

namespace NeuralNet.Metrics;

/// <summary>
/// Describes the outputs that a measurement will see: their number, their scale and their meaning.
/// Trainers, evaluators and pipelines tell their metrics; whoever adds matrices to a metric may.
/// </summary>
public sealed record OutputDescription
{
    private readonly double? _threshold;

    /// <summary>
    /// The description for matrices of which nothing else is said: probabilities, and several of them classes.
    /// </summary>
    public static OutputDescription Default { get; } = new() { Scale = OutputScale.Probability };

    /// <summary>The number of outputs per sample; null if the first batch says it.</summary>
    public int? Count { get; init; }

    /// <summary>The scale of outputs that answer yes or no; null if nothing is known, as of a regression.</summary>
    public OutputScale? Scale { get; init; }

    /// <summary>
    /// The meaning of several outputs; if null, metrics of classes take them for classes, provided that the targets
    /// name one class each.
    /// </summary>
    public OutputMeaning? Meaning { get; init; }

    /// <summary>
    /// The number above which an output means yes; if not set, that of the scale, which is null without a scale.
    /// </summary>
    public double? Threshold
    {
        get => _threshold ?? Scale?.Threshold();
        init => _threshold = value;
    }

    /// <summary>
    /// The number above which each of several labels means yes; if null, <see cref="Threshold"/> is that of all.
    /// </summary>
    public IReadOnlyList<double>? Thresholds { get; init; }

    /// <summary>
    /// What it costs to take a sample of one of several classes for another; if null, the largest output decides.
    /// </summary>
    public ClassCosts? Costs { get; init; }

    /// <summary>The shape in which the outputs of a sample are read; null if it is not known.</summary>
    internal FeatureShape? Shape { get; init; }

    /// <summary>The number in the place of a target that is not known; null if all are.</summary>
    internal double? Mask { get; init; }

    /// <summary>The names and the rows of the outputs of a network; null if they are not known.</summary>
    internal FeatureLayout? Layout { get; init; }

    /// <summary>The description of each of several outputs; empty if there is one.</summary>
    internal IReadOnlyList<OutputDescription> Outputs { get; init; } = [];

    /// <summary>Describes the outputs of a network by its last activation and, if given, the loss.</summary>
    /// <remarks>
    /// A softmax at the end makes classes, and so does a loss that compares distributions over classes; a sigmoid at
    /// the end or a loss for yes-or-no questions makes labels. Real numbers are logits where the loss takes logits or
    /// margins. Otherwise nothing is known of them. Of a network with several outputs, each is described by itself, for
    /// metrics that are about one of them: see <see cref="OutputMetric"/>.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="loss">The loss that it is trained with; null if unknown.</param>
    /// <returns>The description.</returns>
    public static OutputDescription Of<T>(Network<T> network, ILoss? loss = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        OutputDescription[] outputs = [.. network.Heads(loss).Select(Of)];
        return outputs.Length == 1
            ? outputs[0]
            : new() { Count = network.OutputSize, Layout = network.Outputs, Outputs = outputs };
    }

    /// <summary>Number, scale and meaning of the outputs, as far as they are known.</summary>
    /// <returns>For example <c>10 outputs, Logit, Classes</c>.</returns>
    public override string ToString()
    {
        IEnumerable<string?> parts =
        [
            Count is { } count ? Quantity.Of(count, "output") : "outputs",
            Scale?.ToString(),
            Meaning?.ToString(),
            Thresholds is null ? null : "a threshold for each label",
            Costs is null ? null : "costs of errors",
        ];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    /// <summary>Refuses to measure several outputs of a network as if they were one.</summary>
    /// <exception cref="ArgumentException">There are several outputs.</exception>
    internal OutputDescription RequireOne(string metric) => Outputs.Count == 0
        ? this
        : throw new ArgumentException(
            $"Metric '{metric}' is about one output, but the network has {Outputs.Count}: {Layout}. Say which: "
            + $"metric.{nameof(MetricExtensions.ForOutput)}(\"{Layout![0].Name}\").");

    /// <summary>Starts a metric, which leaves out what the loss does.</summary>
    /// <remarks>A metric of one of several outputs, or of a step, passes the description on to another.</remarks>
    internal IMetricAccumulator Begin(IMetric metric) =>
        Mask is { } mask && metric is not (OutputMetric or StepMetric or WeightedMetric)
        ? new KnownTargets(metric.Name, mask, metric.Start(this with { Mask = null }))
        : metric.Start(this);

    /// <summary>Describes one of the outputs of a network.</summary>
    internal static OutputDescription Of<T>(OutputHead<T> head)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        OutputKind? kind = head.DecidingLayer?.OutputKind;
        ILoss? loss = head.Loss;
        return new()
        {
            Count = head.Range.Size,
            Shape = head.Range.Shape,
            Mask = head.Mask,
            Layout = head.Range.Layout.Count == 1 ? head.Range.Layout : null,
            Scale = loss?.Input switch
            {
                LossInput.Logits => OutputScale.Logit,
                LossInput.Probabilities => OutputScale.Probability,
                LossInput.LogProbabilities => OutputScale.LogProbability,
                LossInput.Margins => Scales.Of(kind) ?? OutputScale.Logit,
                _ => Scales.Of(kind),
            },
            Meaning = kind switch
            {
                OutputKind.Distribution or OutputKind.LogDistribution => OutputMeaning.Classes,
                OutputKind.Probability or OutputKind.LogProbability => loss?.Meaning ?? OutputMeaning.Labels,
                _ => loss?.Meaning,
            },
        };
    }
}
