using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Initializers;

/// <summary>
/// Uniform distribution on [−r, r] with r = g √(6 / (fanIn + fanOut)): keeps the variance of activations and of
/// gradients near constant from layer to layer, with sigmoid, tanh, softmax or no activation.
/// </summary>
/// <remarks>
/// Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010), equation 16;
/// PyTorch's <c>xavier_uniform_</c>, Keras's default for dense layers. The gain g is PyTorch's, 1 by default.
/// </remarks>
public sealed class GlorotUniform : IInitializer
{
    /// <summary>Makes the initializer.</summary>
    /// <param name="gain">
    /// g, the factor of all weights that suits the following activation, such as 5/3 for tanh.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The gain is not a finite number above 0.</exception>
    public GlorotUniform(double gain = 1)
    {
        Gain = Require.Positive(gain);
    }

    /// <summary>g, the factor of all weights.</summary>
    public double Gain { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A fan is below 1.</exception>
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        VarianceScaling.Uniform(values.Values, Gain * Gain, VarianceScaling.MeanFan(fanIn, fanOut), random);
}
