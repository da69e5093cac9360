using NeuralNet.Conformal;
using NeuralNet.Guards;

namespace NeuralNet.Pipelines;

/// <content>Pipelines that say how sure they are.</content>
public sealed partial class Pipeline<T>
{
    /// <summary>The pipeline with sets of labels.</summary>
    /// <param name="labelSets">The sets; none if null.</param>
    /// <returns>A pipeline with the same network.</returns>
    /// <exception cref="ArgumentException">The sets are those of another number of classes.</exception>
    /// <exception cref="InvalidOperationException">The pipeline has no classes with labels.</exception>
    public Pipeline<T> WithLabelSets(ConformalLabelSets? labelSets)
    {
        PipelineCheck.RequireNamedClasses(this);
        return labelSets is { IsPerClass: true } && labelSets.Limits.Count != Labels!.Labels.Count
            ? throw new ArgumentException(
                $"There are {Labels!.Labels.Count} classes, but {labelSets.Limits.Count} limits of label sets.",
                nameof(labelSets))
            : With(Results with { LabelSets = labelSets });
    }

    /// <summary>The pipeline with intervals.</summary>
    /// <param name="intervals">The intervals; none if null.</param>
    /// <returns>A pipeline with the same network.</returns>
    /// <exception cref="ArgumentException">An end is an output that there is not.</exception>
    /// <exception cref="InvalidOperationException">The pipeline has classes or labels.</exception>
    public Pipeline<T> WithIntervals(ConformalIntervals? intervals)
    {
        PipelineCheck.RequireRegression(this);
        return intervals is not null && intervals.Lower.Concat(intervals.Upper).Max() >= OutputSize
            ? throw new ArgumentException(
                $"The intervals end at output {intervals.Lower.Concat(intervals.Upper).Max()}, counted from 0, but "
                + $"there {Quantity.Are(OutputSize, "output")}.",
                nameof(intervals))
            : With(Results with { Intervals = intervals });
    }
}
