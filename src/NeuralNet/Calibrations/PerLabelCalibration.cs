using NeuralNet.Guards;

namespace NeuralNet.Calibrations;

/// <summary>A calibration for each of several labels, each of which is a yes-or-no question of its own.</summary>
public sealed class PerLabelCalibration : ICalibration
{
    private readonly ICalibration[] _labels;

    /// <summary>Makes the calibration from its parts.</summary>
    /// <param name="labels">The calibration of each label, which takes one logit; those may be of different kinds.
    /// </param>
    /// <exception cref="ArgumentException">There is none, or one takes another number of logits.</exception>
    public PerLabelCalibration(IReadOnlyList<ICalibration> labels) =>
        _labels = CalibrationCheck.Single(labels, nameof(labels));

    /// <summary>The calibration of each label.</summary>
    public IReadOnlyList<ICalibration> Labels => _labels;

    /// <inheritdoc/>
    public int? OutputSize => _labels.Length;

    /// <inheritdoc/>
    public void Apply(Span<double> scores)
    {
        for (int i = 0; i < _labels.Length; i++)
        {
            _labels[i].Apply(scores.Slice(i, 1));
        }
    }

    /// <summary>The calibrations in words.</summary>
    /// <returns>Such as <c>per label: temperature 1.5, temperature 1.25</c>.</returns>
    public override string ToString() =>
        $"per label: {MessageText.Listed(_labels.Select(one => one.ToString() ?? ""))}";
}
