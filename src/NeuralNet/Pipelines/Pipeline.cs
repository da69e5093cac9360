using System.Numerics;
using NeuralNet.Networks;
using NeuralNet.Preprocessing;

namespace NeuralNet.Pipelines;

/// <summary>Where pipelines begin.</summary>
public static class Pipeline
{
    /// <summary>Puts a pipeline together.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="inputs">What is done to features before the network sees them; nothing if null.</param>
    /// <param name="outputs">What was done to the targets of a regression, and is taken back of results; nothing if null.</param>
    /// <param name="labels">The names of the classes, one per output; none if null.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="ArgumentException">Sizes do not fit, or a regression has labels.</exception>
    public static Pipeline<T> Create<T>(
        Network<T> network,
        IFeatureTransform? inputs = null,
        IInvertibleTransform? outputs = null,
        LabelEncoder? labels = null)
        where T : unmanaged, IFloatingPointIeee754<T> => new(network, inputs, outputs, labels);
}
