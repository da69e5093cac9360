using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Initializers;

/// <summary>Uniform distribution on [min, max], independent of the size of the layer.</summary>
/// <remarks>As PyTorch's <c>uniform_</c> (0 to 1 by default) and Keras's <c>RandomUniform</c> (±0.05).</remarks>
public sealed class Uniform : IInitializer
{
    /// <summary>Makes the initializer.</summary>
    /// <param name="min">The least value.</param>
    /// <param name="max">The largest value, above the least.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A bound or their distance is not finite, or the largest value is not above the least.
    /// </exception>
    public Uniform(double min, double max)
    {
        Min = Require.Finite(min);
        Max = Require.Finite(max);
        Require.Positive(max - min);
    }

    /// <summary>The least value.</summary>
    public double Min { get; }

    /// <summary>The largest value.</summary>
    public double Max { get; }

    /// <inheritdoc/>
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        foreach (ref T value in values.Values)
        {
            value = T.CreateChecked(Min + ((Max - Min) * random.NextDouble()));
        }
    }
}
