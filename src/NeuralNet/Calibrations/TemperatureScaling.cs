using System.Numerics.Tensors;
using NeuralNet.Decisions;
using NeuralNet.Guards;

namespace NeuralNet.Calibrations;

/// <summary>
/// Divides the logits z by a temperature T: the probabilities are softmax(z / T) or, of a single output, σ(z / T).
/// </summary>
/// <remarks>
/// C. Guo, G. Pleiss, Y. Sun and K. Weinberger, "On calibration of modern neural networks" (2017). T is the one with
/// the least negative log-likelihood of the data, which is convex in 1/T. Above 1 it takes back overconfidence; the
/// order of the classes stays. For labels, each has its own: <see cref="PerLabelCalibration"/>.
/// </remarks>
public sealed class TemperatureScaling : ICalibration
{
    /// <summary>Makes the calibration from its number.</summary>
    /// <param name="temperature">T, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not a finite number above 0.</exception>
    public TemperatureScaling(double temperature) => Temperature = Require.Positive(temperature);

    /// <summary>T: above 1 the network was too sure, below 1 not sure enough.</summary>
    public double Temperature { get; }

    /// <inheritdoc/>
    public int? OutputSize => null;

    /// <inheritdoc/>
    public void Apply(Span<double> scores)
    {
        TensorPrimitives.Divide<double>(scores, Temperature, scores);
        if (scores.Length == 1)
        {
            scores[0] = LogOdds.Sigmoid(scores[0]);
        }
        else
        {
            LogOdds.Softmax(scores);
        }
    }

    /// <summary>The temperature in words.</summary>
    /// <returns>Such as <c>temperature 1.732</c>.</returns>
    public override string ToString() => FormattableString.Invariant($"temperature {Temperature:G4}");

    /// <summary>Finds the temperature of the greatest likelihood.</summary>
    /// <param name="logits">The logits, sample after sample, finite.</param>
    /// <param name="outputs">Number of logits of each sample: 1, or the number of classes.</param>
    /// <param name="classes">The class of each sample; of a single output 1 for yes and 0 for no.</param>
    /// <param name="argument">The argument that the data come from.</param>
    /// <exception cref="ArgumentException">No temperature is best.</exception>
    internal static TemperatureScaling Fit(
        ReadOnlySpan<double> logits, int outputs, ReadOnlySpan<int> classes, string argument)
    {
        var slope = new TemperatureSlope(logits, outputs, classes);
        (double atZero, _) = slope.At(0);
        if (!(atZero < 0))
        {
            throw new ArgumentException(
                "No temperature calibrates a network that tells nothing of the classes of these data: the more it "
                + "believes in a class, the less often it is the right one. Check that the data have the order of "
                + "labels that the network was trained with.",
                argument);
        }

        if (slope.AreAllRight())
        {
            throw new ArgumentException(
                "No temperature is best: the network is right in all of these samples, so that the likelihood only "
                + $"grows as the temperature falls. Give more data, or use {nameof(CalibrationMethod)}."
                + $"{nameof(CalibrationMethod.Platt)}, whose targets are smoothed.",
                argument);
        }

        // The slope of the loss ascends with β = 1/T; its zero is enclosed, and then approached by Newton's steps,
        // halving where one leaves the enclosure.
        double low = 0;
        double high = 1;
        while (slope.At(high).Slope < 0)
        {
            (low, high) = (high, high * 2);
        }

        double beta = (low + high) / 2;
        for (int step = 0; step < 200 && high - low > 1e-15 * high; step++)
        {
            (double value, double curvature) = slope.At(beta);
            (low, high) = value < 0 ? (beta, high) : (low, beta);
            double next = beta - (value / curvature);
            if (next == beta)
            {
                break;
            }

            beta = next > low && next < high ? next : (low + high) / 2;
        }

        return new(1 / beta);
    }
}
