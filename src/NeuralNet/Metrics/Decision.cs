using System.Globalization;
using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Metrics;

/// <summary>
/// Finds the class that the outputs or targets of a sample mean, by the rules of <see cref="IMetric"/>.
/// </summary>
internal static class Decision
{
    /// <summary>The default threshold: the middle of probabilities and of 0/1 targets.</summary>
    public const double Middle = 0.5;

    /// <summary>Number of classes that a number of outputs tells apart.</summary>
    public static int Classes(int outputs) => Math.Max(outputs, 2);

    public static bool IsPositive<T>(T value, double threshold)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        value > T.CreateChecked(threshold);

    public static int Predicted<T>(ReadOnlySpan<T> outputs, double threshold)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (outputs.Length == 1)
        {
            return IsPositive(outputs[0], threshold) ? 1 : 0;
        }

        return TensorPrimitives.IndexOfMax(outputs);
    }

    public static int Actual<T>(ReadOnlySpan<T> targets)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Predicted(targets, Middle);

    /// <summary>Refuses a threshold that would have no effect.</summary>
    public static void RequireThresholdMatters(string metric, double threshold, int outputs)
    {
        if (outputs > 1 && threshold != Middle)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Metric '{metric}' has a threshold of {threshold} for a single output, but there are {outputs}, "
                    + $"of which the largest decides. Leave the threshold out."),
                nameof(outputs));
        }
    }
}
