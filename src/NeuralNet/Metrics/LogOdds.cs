using System.Numerics.Tensors;

namespace NeuralNet.Metrics;

/// <summary>Scores of classes from logits, which compare samples as their probabilities do.</summary>
internal static class LogOdds
{
    /// <summary>
    /// Computes zᵢ − log Σⱼ≠ᵢ eᶻʲ, which has the order of softmax(z)ᵢ, but still differs where that rounds to 1 or 0.
    /// </summary>
    public static void Replace(Span<double> z)
    {
        int largest = TensorPrimitives.IndexOfMax<double>(z);
        double m = z[largest];
        double second = double.NegativeInfinity;
        double others = 0;
        for (int i = 0; i < z.Length; i++)
        {
            if (i != largest)
            {
                second = Math.Max(second, z[i]);
                others += Math.Exp(z[i] - m);
            }
        }

        double othersBySecond = 0;
        for (int i = 0; i < z.Length; i++)
        {
            if (i != largest)
            {
                othersBySecond += Math.Exp(z[i] - second);
                z[i] -= m + Math.Log(1 + Math.Max(0, others - Math.Exp(z[i] - m)));
            }
        }

        // If all other classes are impossible, there is nothing to take the logarithm of.
        z[largest] = double.IsNegativeInfinity(second)
            ? double.PositiveInfinity
            : m - second - Math.Log(othersBySecond);
    }
}
