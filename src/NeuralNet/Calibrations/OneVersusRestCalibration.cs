using NeuralNet.Decisions;
using NeuralNet.Guards;

namespace NeuralNet.Calibrations;

/// <summary>
/// A calibration for each of several classes against all others: of logits z, that of class i gets its log-odds
/// zᵢ − log Σⱼ≠ᵢ eᶻʲ, and the probabilities are divided by their sum.
/// </summary>
/// <remarks>
/// B. Zadrozny and C. Elkan (2002); as scikit-learn's <c>CalibratedClassifierCV</c>, which also gives every class the
/// same probability where all are 0. The most probable class may become another.
/// </remarks>
public sealed class OneVersusRestCalibration : ICalibration
{
    private readonly ICalibration[] _classes;

    /// <summary>Makes the calibration from its parts.</summary>
    /// <param name="classes">The calibration of each class, which takes one logit.</param>
    /// <exception cref="ArgumentException">There is none, or one takes another number of logits.</exception>
    public OneVersusRestCalibration(IReadOnlyList<ICalibration> classes) =>
        _classes = CalibrationCheck.Single(classes, nameof(classes));

    /// <summary>The calibration of each class.</summary>
    public IReadOnlyList<ICalibration> Classes => _classes;

    /// <inheritdoc/>
    public int? OutputSize => _classes.Length;

    /// <inheritdoc/>
    public void Apply(Span<double> scores)
    {
        LogOdds.OfEachClass(scores);
        double sum = 0;
        for (int i = 0; i < _classes.Length; i++)
        {
            _classes[i].Apply(scores.Slice(i, 1));
            sum += scores[i];
        }

        for (int i = 0; i < _classes.Length; i++)
        {
            scores[i] = sum == 0 ? 1.0 / _classes.Length : scores[i] / sum;
        }
    }

    /// <summary>The calibrations in words.</summary>
    /// <returns>Such as <c>each class against the rest: isotonic, 12 points; …</c>.</returns>
    public override string ToString() =>
        $"each class against the rest: {MessageText.Listed(_classes.Select(one => one.ToString() ?? ""))}";
}
