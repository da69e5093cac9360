using System.Numerics;
using NeuralNet.Decisions;
using NeuralNet.Networks;
using NeuralNet.Preprocessing;
using NeuralNet.Text;

namespace NeuralNet.Pipelines;

/// <summary>Makes pipelines.</summary>
public static class Pipeline
{
    /// <summary>
    /// Makes a pipeline from a trained network and the preprocessing that was fitted on its training data.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The transform of the features, applied before the network; none if null.</param>
    /// <param name="outputs">
    /// The transform that the targets of a regression went through, which is inverted for the results; none if null.
    /// </param>
    /// <param name="labels">The names of the classes, one per output, or two for a single output; none if null.</param>
    /// <param name="threshold">
    /// The number that a single output must exceed for the second class. If null, ½ where the last activation gives a
    /// probability, log ½ where it gives its logarithm, and 0 for any other output, which is taken for a logit. Give ½
    /// where a loss such as <c>MeanSquaredError</c> was given targets of 0 and 1.
    /// </param>
    /// <param name="columns">
    /// The names, and for categories the values, of the raw features in their order; unknown if null.
    /// </param>
    /// <param name="vocabulary">
    /// The symbols of texts, whose numbers the network takes: kept and saved with it; none if null.
    /// </param>
    /// <param name="targetColumns">The columns that are predicted; unknown if null.</param>
    /// <param name="meaning">
    /// Whether several outputs with labels are classes, the default, or labels, of which a sample may have any number.
    /// </param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="ArgumentException">
    /// Sizes do not fit, a regression has labels or a threshold, several outputs have a threshold, two columns have the
    /// same name, or the vocabulary has more numbers than the embedding at the beginning of the network.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not finite.</exception>
    /// <example><code>
    /// Pipeline&lt;float&gt; pipeline = Pipeline.Create(
    ///     network, inputs: scaling, labels: new LabelEncoder(["no", "yes"]));
    /// </code></example>
    public static Pipeline<T> Create<T>(
        Network<T> network,
        IFeatureTransform? inputs = null,
        IInvertibleTransform? outputs = null,
        LabelEncoder? labels = null,
        double? threshold = null,
        IReadOnlyList<InputColumn>? columns = null,
        Vocabulary? vocabulary = null,
        IReadOnlyList<InputColumn>? targetColumns = null,
        OutputMeaning meaning = OutputMeaning.Classes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        PipelineCheck.RequireTransforms(network, inputs, outputs);
        PipelineCheck.RequireLabels(network, outputs, labels);
        PipelineCheck.RequireThreshold(network, labels, threshold);
        InputColumn[]? copy = columns is null ? null : [.. columns];
        PipelineCheck.RequireColumns(inputs?.InputSize ?? network.InputSize, copy);
        PipelineCheck.RequireVocabulary(network, vocabulary);
        PipelineCheck.RequireMeaning(network, labels, meaning);
        return new(network, inputs, copy, vocabulary, targetColumns is null ? null : [.. targetColumns], new()
        {
            Outputs = outputs,
            Labels = labels,
            AreLabels = meaning == OutputMeaning.Labels,
            Thresholds = threshold is { } given ? [given] : null,
        });
    }
}
