using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Initializers;

/// <summary>
/// Uniform distribution on [−r, r] with r = √(3 / fanIn): weighted sums of inputs with variance 1 have variance 1.
/// </summary>
/// <remarks>
/// LeCun, Bottou, Orr and Müller, "Efficient BackProp" (1998), section 4.6; for SELU, Klambauer, Unterthiner, Mayr and
/// Hochreiter, "Self-normalizing neural networks" (2017). Keras's <c>LeCunUniform</c>;
/// PyTorch: <c>kaiming_uniform_</c> with <c>nonlinearity="linear"</c>.
/// </remarks>
public sealed class LeCunUniform : IInitializer
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A fan is below 1.</exception>
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        VarianceScaling.Uniform(values.Values, 1.0, fanIn, random);
}
