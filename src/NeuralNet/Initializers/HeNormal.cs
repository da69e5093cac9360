using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Initializers;

/// <summary>
/// Normal distribution with mean 0 and standard deviation √(2 / ((1 + s²) · fanIn)), where s is the slope of the
/// following rectifier for negative inputs: keeps the variance of activations constant from layer to layer, with ReLU
/// (s = 0) or leaky ReLU.
/// </summary>
/// <remarks>
/// He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015), equations 10 and 15. The distribution is not
/// truncated, as in PyTorch's <c>kaiming_normal_</c>; Keras's <c>HeNormal</c> truncates it at two standard deviations.
/// </remarks>
public sealed class HeNormal : IInitializer
{
    /// <summary>Makes the initializer.</summary>
    /// <param name="negativeSlope">The rectifier's slope for negative inputs; 0 for ReLU.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
    public HeNormal(double negativeSlope = 0)
    {
        NegativeSlope = Require.Finite(negativeSlope);
    }

    /// <summary>The rectifier's slope for negative inputs.</summary>
    public double NegativeSlope { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A fan is below 1.</exception>
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        VarianceScaling.Normal(values.Values, 2.0 / (1.0 + (NegativeSlope * NegativeSlope)), fanIn, random);
}
