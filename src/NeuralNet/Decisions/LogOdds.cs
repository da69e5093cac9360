using System.Numerics;
using System.Numerics.Tensors;

namespace NeuralNet.Decisions;

/// <summary>Turns outputs into logits or probabilities, in double, whatever scale they have.</summary>
internal static class LogOdds
{
    /// <summary>
    /// Turns the outputs of a sample into logits: of classes such that their softmax is the probabilities, of a single
    /// output or of labels such that the sigmoid of each is.
    /// </summary>
    /// <remarks>
    /// A probability that was rounded to 0 or 1 is taken for the nearest number of <typeparamref name="T"/> that is
    /// neither, so that every logit is finite.
    /// </remarks>
    public static void Read<T>(ReadOnlySpan<T> outputs, OutputScale scale, bool areClasses, Span<double> logits)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            double value = double.CreateTruncating(outputs[i]);
            logits[i] = (scale, areClasses) switch
            {
                (OutputScale.Probability, true) => Math.Log(Math.Max(value, Least<T>())),
                (OutputScale.Probability, false) => Of<T>(value),
                (OutputScale.LogProbability, true) => Math.Max(value, Math.Log(Least<T>())),
                (OutputScale.LogProbability, false) => Of<T>(Math.Exp(value)),
                _ => value,
            };
        }
    }

    /// <summary>Turns the outputs of a sample into probabilities.</summary>
    public static void ReadProbabilities<T>(
        ReadOnlySpan<T> outputs, OutputScale scale, bool areClasses, Span<double> probabilities)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TensorPrimitives.ConvertTruncating(outputs, probabilities);
        switch (scale)
        {
            case OutputScale.LogProbability:
                Exp(probabilities);
                break;
            case OutputScale.Logit when areClasses:
                Softmax(probabilities);
                break;
            case OutputScale.Logit:
                Sigmoid(probabilities);
                break;
            default:
                break;
        }
    }

    /// <summary>The softmax of the numbers, in their place; all NaN if one is NaN or +∞.</summary>
    public static void Softmax(Span<double> values)
    {
        double largest = TensorPrimitives.Max<double>(values);
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Exp(values[i] - largest);
            sum += values[i];
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] /= sum;
        }
    }

    /// <summary>1/(1 + e⁻ᶻ).</summary>
    public static double Sigmoid(double z)
    {
        double e = Math.Exp(-Math.Abs(z));
        return (z >= 0 ? 1 : e) / (1 + e);
    }

    /// <summary>
    /// Computes zᵢ − log Σⱼ≠ᵢ eᶻʲ, which has the order of softmax(z)ᵢ, but still differs where that rounds to 1 or 0.
    /// </summary>
    public static void OfEachClass(Span<double> z)
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

    private static void Exp(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Exp(values[i]);
        }
    }

    private static void Sigmoid(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Sigmoid(values[i]);
        }
    }

    // NaN stays NaN.
    private static double Of<T>(double probability)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double p = Math.Max(probability, Least<T>());
        double rest = Math.Max(1 - p, double.CreateTruncating(T.One - T.BitDecrement(T.One)));
        return Math.Log(Math.Min(p, 1)) - Math.Log(rest);
    }

    private static double Least<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? 1.17549435e-38 : 2.2250738585072014e-308;
}
