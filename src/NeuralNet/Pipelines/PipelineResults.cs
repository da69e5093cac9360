using NeuralNet.Calibrations;
using NeuralNet.Conformal;
using NeuralNet.Decisions;
using NeuralNet.Preprocessing;

namespace NeuralNet.Pipelines;

/// <summary>The steps of a pipeline behind its network.</summary>
internal sealed record PipelineResults
{
    public IInvertibleTransform? Outputs { get; init; }

    public LabelEncoder? Labels { get; init; }

    /// <summary>Whether several outputs with labels are labels, each a question of its own, and not classes.</summary>
    public bool AreLabels { get; init; }

    public ICalibration? Calibration { get; init; }

    /// <summary>The threshold of a single output, or of each of several labels; null if it follows from the scale.
    /// </summary>
    public IReadOnlyList<double>? Thresholds { get; init; }

    public ClassCosts? Costs { get; init; }

    public ConformalLabelSets? LabelSets { get; init; }

    public ConformalIntervals? Intervals { get; init; }
}
