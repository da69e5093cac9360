using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Initializers;

/// <summary>Sets every element to the same value; 0 is the default for biases.</summary>
/// <remarks>Never use it for the weights of a layer: its neurons would stay equal to each other for ever.</remarks>
public sealed class Constant : IInitializer
{
    /// <summary>Makes the initializer.</summary>
    /// <param name="value">The value of every element.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public Constant(double value)
    {
        Value = Require.Finite(value);
    }

    /// <summary>The value of every element.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> => values.Values.Fill(T.CreateChecked(Value));
}
