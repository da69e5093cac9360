using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using Gaussian = MathNet.Numerics.Distributions.Normal;

namespace NeuralNet.Initializers;

/// <summary>
/// Normal distribution without its tails: values more than two standard deviations from the mean are drawn again.
/// Independent of the size of the layer.
/// </summary>
/// <remarks>
/// As Keras's <c>TruncatedNormal</c>. The deviation is that of the whole distribution; that of the truncated values is
/// 0.8796 times as large. PyTorch's <c>trunc_normal_</c> cuts at fixed values instead, −2 and 2 by default, whatever
/// the deviation: with its usual deviation of 0.02, it cuts nothing.
/// </remarks>
public sealed class TruncatedNormal : IInitializer
{
    private const double Bound = 2;

    /// <summary>Makes the initializer.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The standard deviation before truncation; the bounds are at twice that.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The mean is not finite, or the deviation not finite and above 0.
    /// </exception>
    public TruncatedNormal(double mean, double standardDeviation)
    {
        Mean = Require.Finite(mean);
        StandardDeviation = Require.Positive(standardDeviation);
    }

    /// <summary>The mean.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation before truncation.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        foreach (ref T value in values.Values)
        {
            value = T.CreateChecked(Mean + (StandardDeviation * Standard(random)));
        }
    }

    // 95 of 100 draws are kept.
    private static double Standard(Random random)
    {
        double x;
        do
        {
            x = Gaussian.Sample(random, 0.0, 1.0);
        }
        while (Math.Abs(x) > Bound);

        return x;
    }
}
