using NeuralNet.Guards;

namespace NeuralNet.Calibrations;

/// <summary>Refuses parts that make no calibration.</summary>
internal static class CalibrationCheck
{
    /// <summary>Copies calibrations that take one logit each.</summary>
    /// <exception cref="ArgumentException">There is none, or one takes several.</exception>
    public static ICalibration[] Single(IReadOnlyList<ICalibration> calibrations, string argument)
    {
        ArgumentNullException.ThrowIfNull(calibrations, argument);
        ICalibration[] copy = [.. calibrations];
        if (copy.Length == 0)
        {
            throw new ArgumentException("There must be at least one calibration, but there is none.", argument);
        }

        for (int i = 0; i < copy.Length; i++)
        {
            ArgumentNullException.ThrowIfNull(copy[i], argument);
            if (copy[i].OutputSize is not (null or 1))
            {
                throw new ArgumentException(
                    $"Each calibration takes one logit, but number {i} takes "
                    + $"{Quantity.Of(copy[i].OutputSize!.Value, "logit")}.",
                    argument);
            }
        }

        return copy;
    }
}
