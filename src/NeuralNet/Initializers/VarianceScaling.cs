using System.Numerics;
using NeuralNet.Guards;
using Gaussian = MathNet.Numerics.Distributions.Normal;

namespace NeuralNet.Initializers;

/// <summary>Random values with mean 0, whose variance depends on the size of a layer.</summary>
internal static class VarianceScaling
{
    /// <summary>
    /// Uniform on [−√(3v), √(3v)], which has the variance v = <paramref name="scale"/> / <paramref name="fan"/>.
    /// </summary>
    public static void Uniform<T>(Span<T> values, double scale, double fan, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check(fan, random);
        double limit = Math.Sqrt(3.0 * scale / fan);
        foreach (ref T value in values)
        {
            value = T.CreateChecked(((2.0 * random.NextDouble()) - 1.0) * limit);
        }
    }

    /// <summary>Normal with the variance <paramref name="scale"/> / <paramref name="fan"/>.</summary>
    public static void Normal<T>(Span<T> values, double scale, double fan, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Check(fan, random);
        double deviation = Math.Sqrt(scale / fan);
        foreach (ref T value in values)
        {
            value = T.CreateChecked(Gaussian.Sample(random, 0.0, deviation));
        }
    }

    /// <summary>(fanIn + fanOut) / 2.</summary>
    public static double MeanFan(int fanIn, int fanOut)
    {
        Require.AtLeast(fanIn, 1);
        Require.AtLeast(fanOut, 1);
        return ((double)fanIn + fanOut) / 2.0;
    }

    private static void Check(double fanIn, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Require.AtLeastOne(fanIn);
    }
}
