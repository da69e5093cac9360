using System.Numerics;
using NeuralNet.Calibrations;
using NeuralNet.Conformal;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Evaluation;
using NeuralNet.Metrics;
using NeuralNet.Pipelines;

namespace NeuralNet.Tables;

/// <summary>
/// Measures a pipeline that <see cref="TableSchema.ToPipeline"/> made on rows of a table, and fits to such what makes
/// its answers ones to rely on: a calibration, thresholds, label sets, intervals. The table has the columns of the
/// training data, with those that are predicted.
/// </summary>
/// <remarks>
/// All do what the methods of the same name for data sets do: <see cref="PipelineEvaluation"/>,
/// <see cref="PipelineCalibration"/>, <see cref="PipelineThresholds"/>, <see cref="PipelineConformal"/>,
/// <see cref="PipelineCoverage"/>. They refuse what these refuse and, with an <see cref="InvalidDataException"/>, rows
/// that cannot be read, and with an <see cref="InvalidOperationException"/> a pipeline that does not know its columns,
/// or which it predicts.
/// </remarks>
/// <example><code>
/// Pipeline&lt;float&gt; pipeline = schema.ToPipeline(network)
///     .Calibrate(validation)
///     .ChooseThreshold(validation, ThresholdGoal.F1)
///     .ToConformal(calibration, coverage: 0.9);
/// Console.WriteLine(pipeline.EvaluateCoverage(test));
/// pipeline.Save("customers.safetensors");
/// </code></example>
public static class TableEvaluation
{
    /// <summary>Predicts every row and compares with its targets, in the unit of the data.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="table">The rows.</param>
    /// <param name="metrics">The figures to compute.</param>
    /// <param name="threads">Most threads; as many as there are processors if null.</param>
    /// <returns>The metrics by name.</returns>
    public static IReadOnlyDictionary<string, double> Evaluate<T>(
        this Pipeline<T> pipeline, Table table, IReadOnlyList<IMetric> metrics, int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            pipeline.WithoutInputs().Evaluate(ToDataSet(pipeline, table), metrics, threads);

    /// <summary>Fits a calibration to rows that the network was not trained on.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="validation">The rows.</param>
    /// <param name="method">The method; see there which suits what.</param>
    /// <param name="threads">Most threads; as many as there are processors if null.</param>
    /// <returns>A pipeline with the same network.</returns>
    public static Pipeline<T> Calibrate<T>(
        this Pipeline<T> pipeline,
        Table validation,
        CalibrationMethod method = CalibrationMethod.Temperature,
        int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            pipeline.WithoutInputs().Calibrate(ToDataSet(pipeline, validation), method, threads)
                .WithInputsOf(pipeline);

    /// <summary>Compares probabilities with how often they come true.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="table">The rows.</param>
    /// <param name="bins">Number of bins, at least 1.</param>
    /// <param name="binning">How probabilities are put into bins.</param>
    /// <param name="threads">Most threads; as many as there are processors if null.</param>
    /// <returns>The curve, whose text is a table.</returns>
    public static ReliabilityCurve Reliability<T>(
        this Pipeline<T> pipeline,
        Table table,
        int bins = 10,
        Binning binning = Binning.Uniform,
        int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            pipeline.WithoutInputs().Reliability(ToDataSet(pipeline, table), bins, binning, threads);

    /// <summary>Chooses the threshold that serves a goal best on rows that the network was not trained on.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="validation">The rows.</param>
    /// <param name="goal">What to choose it for.</param>
    /// <param name="threads">Most threads; as many as there are processors if null.</param>
    /// <returns>A pipeline with the same network.</returns>
    public static Pipeline<T> ChooseThreshold<T>(
        this Pipeline<T> pipeline, Table validation, ThresholdGoal goal, int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            pipeline.WithoutInputs().ChooseThreshold(ToDataSet(pipeline, validation), goal, threads)
                .WithInputsOf(pipeline);

    /// <summary>
    /// Finds from held-out rows how wide intervals, or how large sets of labels must be to hold what comes as often as
    /// is asked for.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="calibration">The rows.</param>
    /// <param name="coverage">The share to hold, above 0 and below 1.</param>
    /// <param name="score">The score of classes.</param>
    /// <param name="perClass">Whether the coverage is that of each class.</param>
    /// <param name="threads">Most threads; as many as there are processors if null.</param>
    /// <returns>A pipeline with the same network.</returns>
    public static Pipeline<T> ToConformal<T>(
        this Pipeline<T> pipeline,
        Table calibration,
        double coverage,
        ConformalScore score = ConformalScore.LeastAmbiguous,
        bool perClass = false,
        int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            pipeline.WithoutInputs()
                .ToConformal(ToDataSet(pipeline, calibration), coverage, score, perClass, threads)
                .WithInputsOf(pipeline);

    /// <summary>Measures how often intervals or label sets hold what came, and how large they are.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline, of <c>ToConformal</c>.</param>
    /// <param name="table">The rows, which nothing was fitted to.</param>
    /// <param name="threads">Most threads; as many as there are processors if null.</param>
    /// <returns>The report.</returns>
    public static CoverageReport EvaluateCoverage<T>(this Pipeline<T> pipeline, Table table, int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
            pipeline.WithoutInputs().EvaluateCoverage(ToDataSet(pipeline, table), threads);

    // Behind the transform of the inputs, which is done in double, and with targets in the unit of the data.
    private static DataSet<T> ToDataSet<T>(Pipeline<T> pipeline, Table table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.TargetColumns is { Count: > 0 }
            ? pipeline.Schema().WithPlainTargets().ToDataSet<T>(table)
            : throw new InvalidOperationException(
                "The pipeline does not know which column it predicts, as one saved by an earlier version does not: "
                + $"make it with {nameof(TableSchema)}.{nameof(TableSchema.ToPipeline)}, or give Pipeline.Create its "
                + "targetColumns.");
    }
}
