using System.Numerics;
using NeuralNet.Guards;

namespace NeuralNet.Metrics;

/// <summary>The weights of the samples of a batch: where there are none, every sample weighs 1.</summary>
internal static class SampleWeights
{
    /// <summary>The weight of one sample.</summary>
    public static double Of<T>(ReadOnlySpan<T> weights, int sample)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        weights.IsEmpty ? 1 : double.CreateChecked(weights[sample]);

    /// <summary>Requires no weights, or one for each sample, each finite and at least 0.</summary>
    public static void Require<T>(string metric, ReadOnlySpan<T> weights, int samples)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!weights.IsEmpty && weights.Length != samples)
        {
            string advice = samples > 0 && weights.Length % samples == 0
                ? $" If they are {weights.Length / samples} for each sample, one for each output of a network, say "
                    + $"which output is measured: metric.{nameof(MetricExtensions.ForOutput)}(\"name\")."
                : "";
            throw new ArgumentException(
                $"Metric '{metric}' takes a weight per sample, or none at all, but there "
                + $"{Quantity.Are(samples, "sample")} and {Quantity.Of(weights.Length, "weight")}.{advice}",
                nameof(weights));
        }

        for (int j = 0; j < weights.Length; j++)
        {
            if (!(weights[j] >= T.Zero && T.IsFinite(weights[j])))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"Metric '{metric}': the weight of sample {j} of the batch is {weights[j]}; a weight must be ")
                    + "a finite number, at least 0.",
                    nameof(weights));
            }
        }
    }
}
