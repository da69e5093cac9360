using NeuralNet.Decisions;

namespace NeuralNet.Metrics;

/// <summary>A figure of how often a classifier names each class rightly and wrongly, such as its precision.</summary>
public abstract class ClassMetric : IMetric
{
    private readonly ClassScore _score;

    private protected ClassMetric(ClassScore score)
    {
        _score = score;
        Name = score.Name;
    }

    /// <summary>
    /// The name in the history: unless set, for measuring at several thresholds, that of the figure, and of the
    /// averaging or of the class, such as <c>f1_macro</c> or <c>f1_class_3</c>.
    /// </summary>
    /// <exception cref="ArgumentException">Set to nothing.</exception>
    public string Name
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value, nameof(Name));
            field = value;
        }
    }

    /// <summary>
    /// The meaning of several outputs, classes or labels; learned from the network and its loss if null.
    /// </summary>
    public OutputMeaning? Meaning { get; init; }

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs) => _score.Start(Name, outputs, Meaning);
}
