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
    /// <param name="labels">The names of the classes, one per output, or two for a single output; none if null.</param>
    /// <param name="threshold">
    /// What a single output must exceed for the second class; if null, ½ for a probability and 0 for a logit, whichever the
    /// last activation gives.
    /// </param>
    /// <param name="columns">What the raw features are called, and the categories of those that are such; unknown if null.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not fit, a regression has labels or a threshold, several outputs have a threshold, or two columns have one name.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite.</exception>
    public static Pipeline<T> Create<T>(
        Network<T> network,
        IFeatureTransform? inputs = null,
        IInvertibleTransform? outputs = null,
        LabelEncoder? labels = null,
        double? threshold = null,
        IReadOnlyList<InputColumn>? columns = null)
        where T : unmanaged, IFloatingPointIeee754<T> => new(network, inputs, outputs, labels, threshold, columns);
}
