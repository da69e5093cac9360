using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Initializers;

/// <summary>
/// Normal distribution with mean 0 and standard deviation √(1 / fanIn): weighted sums of inputs with variance 1 have
/// variance 1. SELU needs this initializer.
/// </summary>
/// <remarks>
/// LeCun, Bottou, Orr and Müller, "Efficient BackProp" (1998), section 4.6; for SELU, Klambauer, Unterthiner, Mayr and
/// Hochreiter, "Self-normalizing neural networks" (2017). The distribution is not truncated, as in the latter (PyTorch:
/// <c>kaiming_normal_</c> with <c>nonlinearity="linear"</c>); Keras's <c>LeCunNormal</c> truncates it at two standard
/// deviations.
/// </remarks>
public sealed class LeCunNormal : IInitializer
{
    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">A fan is below 1.</exception>
    public void Initialize<T>(MatrixSpan<T> values, int fanIn, int fanOut, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        VarianceScaling.Normal(values.Values, 1.0, fanIn, random);
}
