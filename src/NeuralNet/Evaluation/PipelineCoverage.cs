using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Pipelines;

namespace NeuralNet.Evaluation;

/// <summary>Measures whether intervals and label sets of a pipeline hold what they promise.</summary>
public static class PipelineCoverage
{
    /// <summary>Measures how often intervals or label sets hold what came, and how large they are.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline, of <c>ToConformal</c>.</param>
    /// <param name="data">Raw features and raw targets, which nothing was fitted to.</param>
    /// <param name="threads">
    /// Most threads that share the work of predicting, where it is large enough to pay; as many as there are processors
    /// if null, 1 never leaves the caller's thread. The result is the same to the bit.
    /// </param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentException">The data do not fit, or a number is not finite.</exception>
    /// <exception cref="InvalidOperationException">The pipeline has neither intervals nor label sets.</exception>
    public static CoverageReport EvaluateCoverage<T>(
        this Pipeline<T> pipeline, DataSet<T> data, int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline is { Intervals: null, LabelSets: null }
            ? throw new InvalidOperationException(
                "The pipeline has neither intervals nor label sets, whose coverage could be measured: "
                + $"{nameof(PipelineConformal.ToConformal)} finds them by data that were held out.")
            : CoverageReport.Of(pipeline, new HeldOut<T>(pipeline, data, threads, nameof(data)));
    }
}
