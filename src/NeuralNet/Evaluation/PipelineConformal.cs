using System.Numerics;
using NeuralNet.Conformal;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.Pipelines;

namespace NeuralNet.Evaluation;

/// <summary>Makes a pipeline say how sure it is: intervals and sets of labels that hold what comes.</summary>
public static class PipelineConformal
{
    /// <summary>
    /// Finds from held-out data how wide intervals, or how large sets of labels must be to hold what comes as often as
    /// is asked for: split conformal prediction.
    /// </summary>
    /// <remarks>
    /// A pipeline with labels gets sets of them, which <c>PredictLabelSets</c> gives; any other one intervals around
    /// its outputs, all of the same width, which <c>PredictIntervals</c> gives. They are saved with it. The data must
    /// be such that new ones could as well have been among them, and neither be trained nor calibrated on:
    /// <see cref="ConformalQuantile"/> says what is guaranteed then.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="calibration">Raw features and raw targets.</param>
    /// <param name="coverage">The share to hold, above 0 and below 1.</param>
    /// <param name="score">The score of classes.</param>
    /// <param name="perClass">
    /// Whether the coverage is that of each class, so that a rare one is held as often as the others; it needs enough
    /// samples of each.
    /// </param>
    /// <param name="threads">
    /// Most threads that share the work of predicting, where it is large enough to pay; as many as there are processors
    /// if null, 1 never leaves the caller's thread. The result is the same to the bit.
    /// </param>
    /// <returns>A pipeline with the same network.</returns>
    /// <exception cref="ArgumentException">
    /// The data do not fit, or are too few for the coverage; or a number is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The coverage is not above 0 and below 1, or there is no such score.
    /// </exception>
    /// <exception cref="InvalidOperationException">A sample may have any number of the labels.</exception>
    /// <example><code>
    /// Pipeline&lt;float&gt; sure = pipeline.ToConformal(calibration, coverage: 0.9);
    /// string[] species = sure.PredictLabelSet(flower);        // such as virginica or versicolor
    /// Console.WriteLine(sure.EvaluateCoverage(test));
    /// </code></example>
    public static Pipeline<T> ToConformal<T>(
        this Pipeline<T> pipeline,
        DataSet<T> calibration,
        double coverage,
        ConformalScore score = ConformalScore.LeastAmbiguous,
        bool perClass = false,
        int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        Require.ShareOfBoth(coverage);
        if (pipeline.Labels is null)
        {
            if (perClass || score != ConformalScore.LeastAmbiguous)
            {
                throw new ArgumentException(
                    "Scores are those of classes, but the pipeline has no labels.",
                    perClass ? nameof(perClass) : nameof(score));
            }

            return Intervals(pipeline, calibration, coverage, perTarget: 1, (0, 0), threads, nameof(calibration));
        }

        PipelineCheck.RequireNamedClasses(pipeline);
        var data = new HeldOut<T>(pipeline, calibration, threads, nameof(calibration));
        return pipeline.WithLabelSets(ConformalLabelSets.Fit(
            data.Probabilities(),
            data.Classes(),
            pipeline.Labels.Labels,
            coverage,
            score,
            perClass,
            nameof(calibration)));
    }

    /// <summary>
    /// Finds from held-out data by how much predicted quantiles must move to hold what comes as often as is asked for:
    /// conformalized quantile regression, whose intervals are as wide as the network finds each sample hard.
    /// </summary>
    /// <remarks>
    /// Y. Romano, E. Patterson and E. Candès (2019). The network gives quantiles, as one does that was trained with
    /// <c>QuantileLoss</c>, in whose order the outputs are; the ends of the intervals are the lowest and the highest.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="calibration">Raw features, and raw targets, each once per quantile.</param>
    /// <param name="coverage">The share to hold, above 0 and below 1.</param>
    /// <param name="quantiles">The levels of the outputs, as the loss has them, at least two.</param>
    /// <param name="threads">
    /// Most threads that share the work of predicting, where it is large enough to pay; as many as there are processors
    /// if null, 1 never leaves the caller's thread. The result is the same to the bit.
    /// </param>
    /// <returns>A pipeline with the same network.</returns>
    /// <exception cref="ArgumentException">
    /// The data do not fit, or are too few for the coverage; a number is not finite; or the levels are fewer than two,
    /// do not ascend, or do not fit the number of outputs.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The coverage or a level is not above 0 and below 1.</exception>
    /// <exception cref="InvalidOperationException">The pipeline has classes or labels.</exception>
    public static Pipeline<T> ToConformal<T>(
        this Pipeline<T> pipeline,
        DataSet<T> calibration,
        double coverage,
        IReadOnlyList<double> quantiles,
        int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        Require.ShareOfBoth(coverage);
        double[] levels = QuantileLevels.Copy(quantiles, nameof(quantiles));
        return levels.Length < 2 || pipeline.OutputSize % levels.Length != 0
            ? throw new ArgumentException(
                $"An interval goes from the lowest of at least two quantiles to the highest, and there is an output "
                + $"for each of them, but there {Quantity.Are(levels.Length, "quantile")} and "
                + $"{Quantity.Of(pipeline.OutputSize, "output")}.",
                nameof(quantiles))
            : Intervals(
                pipeline,
                calibration,
                coverage,
                levels.Length,
                (0, levels.Length - 1),
                threads,
                nameof(calibration));
    }

    private static Pipeline<T> Intervals<T>(
        Pipeline<T> pipeline,
        DataSet<T> calibration,
        double coverage,
        int perTarget,
        (int Lower, int Upper) ends,
        int? threads,
        string argument)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        PipelineCheck.RequireRegression(pipeline);
        var data = new HeldOut<T>(pipeline, calibration, threads, argument);
        return pipeline.WithIntervals(ConformalIntervals.Fit(
            data.OutputsInDouble(), data.TargetsInDouble(), data.Rows, perTarget, ends, coverage, argument));
    }
}
