using NeuralNet.Activations;
using NeuralNet.Layers;

namespace NeuralNet.Networks;

/// <content>Layers of which one half of the channels decides how much of the other passes.</content>
public sealed partial class NetworkBuilder<T>
{
    /// <summary>
    /// Adds a gated linear unit: at each position, the first half of the channels times σ of the second.
    /// </summary>
    /// <param name="gate">σ; <see cref="Sigmoid"/> if null.</param>
    /// <returns>This builder; the next layer sees half as many channels.</returns>
    /// <example>
    /// <code>builder.Convolution(2 * 32, kernelSize: 3, padding: Padding.Same).Glu()    // gives 32 channels</code>
    /// </example>
    /// <exception cref="ArgumentException">The number of channels is odd.</exception>
    public NetworkBuilder<T> Glu(IActivation? gate = null) => Add(shape => new GatedLinearUnit<T>(shape, gate));

    /// <summary>
    /// Adds a dense layer whose outputs pass a gate of their own, a = (W·x + b) ⊙ SiLU(V·x + c): a dense layer of twice
    /// as many outputs, and a gated linear unit.
    /// </summary>
    /// <remarks>
    /// The first half of a transformer's feed-forward network since Shazeer, "GLU variants improve transformer" (2020).
    /// With another activation, write <c>Dense(2 * units).Glu(new GELU())</c>.
    /// </remarks>
    /// <param name="units">Number of outputs.</param>
    /// <param name="biases">Whether there are biases b and c.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The number is below 1, or no array holds that many weights.
    /// </exception>
    public NetworkBuilder<T> SwiGlu(int units, bool biases = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(units, int.MaxValue / 2);
        return Dense(2 * units, biases: biases).Glu(new SiLU());
    }
}
