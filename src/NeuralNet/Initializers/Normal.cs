using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using Gaussian = MathNet.Numerics.Distributions.Normal;

namespace NeuralNet.Initializers;

/// <summary>
/// Normal distribution with a fixed mean and standard deviation, independent of the size of the layer.
/// </summary>
/// <remarks>
/// As PyTorch's <c>normal_</c> (mean 0 and deviation 1 by default) and Keras's <c>RandomNormal</c> (deviation 0.05).
/// </remarks>
public sealed class Normal : IInitializer
{
    /// <summary>Makes the initializer.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The standard deviation.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The mean is not finite, or the deviation not finite and above 0.
    /// </exception>
    public Normal(double mean, double standardDeviation)
    {
        Mean = Require.Finite(mean);
        StandardDeviation = Require.Positive(standardDeviation);
    }

    /// <summary>The mean.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation.</summary>
    public double StandardDeviation { get; }

    /// <inheritdoc/>
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        foreach (ref T value in values.Values)
        {
            value = T.CreateChecked(Gaussian.Sample(random, Mean, StandardDeviation));
        }
    }
}
