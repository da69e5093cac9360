using System.Numerics;
using NeuralNet.Guards;

namespace NeuralNet.Initializers;

/// <summary>Uniform distribution on [minimum, maximum], whatever the size of the layer.</summary>
/// <remarks>As PyTorch's <c>uniform_</c> (0 to 1 there unless told otherwise) and Keras's <c>RandomUniform</c> (±0.05).</remarks>
public sealed class Uniform : IInitializer
{
    /// <summary>Makes the initializer.</summary>
    /// <param name="minimum">The least value.</param>
    /// <param name="maximum">The largest value, above the least.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A bound or their distance is not finite, or the maximum is not above the minimum.
    /// </exception>
    public Uniform(double minimum, double maximum)
    {
        Require.Finite(minimum);
        Require.Finite(maximum);
        Require.Positive(maximum - minimum);
        Minimum = minimum;
        Maximum = maximum;
    }

    /// <summary>The least value.</summary>
    public double Minimum { get; }

    /// <summary>The largest value.</summary>
    public double Maximum { get; }

    /// <inheritdoc/>
    public void Initialize<T>(Span<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(random);
        foreach (ref T value in values)
        {
            value = T.CreateChecked(Minimum + ((Maximum - Minimum) * random.NextDouble()));
        }
    }
}
