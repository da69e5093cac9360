using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Guards;
using NeuralNet.Pipelines;

namespace NeuralNet.Explanations;

/// <summary>Explanations of a pipeline: the importance of its features, and how predictions depend on them.</summary>
public static partial class PipelineExplanations
{
    /// <summary>
    /// Measures how much worse the predictions become when the values of one feature are shuffled among the samples, so
    /// that they tell nothing: the permutation importance of each feature.
    /// </summary>
    /// <remarks>
    /// <para>
    /// With s the score of the samples as they are and s_jr that with feature j in the order r, the importance is the
    /// mean over r of s − s_jr, or of s_jr − s where lower scores are better. It is that of a feature to this model,
    /// not to the world: take samples that the network was not trained on. Of features that say the same, such as a
    /// length in metres and in feet, each can stand in for the other and looks unimportant: shuffle them together, by
    /// <see cref="PermutationOptions.Groups"/>. Shuffled values may make samples that there cannot be.
    /// </para>
    /// <para>
    /// Breiman, "Random forests" (2001), as in scikit-learn's <c>permutation_importance</c>.
    /// </para>
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="inputs">
    /// Raw features, a sample per column; missing values, NaN, may be there where the pipeline takes them.
    /// </param>
    /// <param name="targets">Raw targets, a sample per column.</param>
    /// <param name="score">The figure by which predictions are judged.</param>
    /// <param name="options">The repeats, the seed and the threads; the defaults if null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The importances, the greatest first.</returns>
    /// <example><code>
    /// FeatureImportances importances = pipeline.PermutationImportance(
    ///     test.Inputs.ToMatrix(), test.Targets.ToMatrix(), Score.Highest(new Accuracy()), new() { Repeats = 20 });
    /// Console.WriteLine(importances);
    /// </code></example>
    /// <exception cref="ArgumentException">
    /// The samples do not fit the pipeline, a group names a feature that there is not, or the score makes no sense for
    /// the results or is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FeatureImportances PermutationImportance<T>(
        this Pipeline<T> pipeline,
        Matrix<T> inputs,
        Matrix<T> targets,
        Score score,
        PermutationOptions? options = null,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return Shuffle(pipeline, SampleData<T>.Of(pipeline, inputs, targets), score, options, cancellationToken);
    }

    /// <summary>Measures the permutation importance of each feature on a data set, as on two matrices.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="data">Raw features and raw targets, neither of them transformed.</param>
    /// <param name="score">The figure by which predictions are judged.</param>
    /// <param name="options">The repeats, the seed and the threads; the defaults if null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The importances, the greatest first.</returns>
    /// <exception cref="ArgumentException">
    /// The samples do not fit the pipeline, a group names a feature that there is not, or the score makes no sense for
    /// the results or is not finite.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FeatureImportances PermutationImportance<T>(
        this Pipeline<T> pipeline,
        DataSet<T> data,
        Score score,
        PermutationOptions? options = null,
        CancellationToken cancellationToken = default)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(data);
        pipeline.RequireInputSize(data.InputSize, nameof(data), data.Count);
        return data.TargetSize == pipeline.OutputSize
            ? Shuffle(pipeline, SampleData<T>.Of(data), score, options, cancellationToken)
            : throw new ArgumentException(
                $"The pipeline makes {Quantity.Of(pipeline.OutputSize, "result")}, but the data have "
                + $"{Quantity.Of(data.TargetSize, "target")} per sample.",
                nameof(data));
    }

    private static FeatureImportances Shuffle<T>(
        Pipeline<T> pipeline,
        SampleData<T> data,
        Score score,
        PermutationOptions? options,
        CancellationToken cancellationToken)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(score);
        options ??= new();
        IReadOnlyList<FeatureGroup> groups = options.Groups
            ?? [.. Enumerable.Range(0, pipeline.InputSize).Select(i => new FeatureGroup(NameOf(pipeline, i), i))];
        foreach (FeatureGroup group in groups)
        {
            foreach (int feature in group.Features)
            {
                RequireFeature(pipeline, feature, nameof(options));
            }
        }

        return new PermutationRun<T>(pipeline, data, score, options).Run(groups, cancellationToken);
    }

    private static string NameOf<T>(Pipeline<T> pipeline, int feature)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        pipeline.Columns?[feature].Name ?? FormattableString.Invariant($"feature {feature}");

    private static void RequireFeature<T>(Pipeline<T> pipeline, int feature, string argument)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (feature < 0 || feature >= pipeline.InputSize)
        {
            throw new ArgumentOutOfRangeException(
                argument,
                feature,
                $"The pipeline takes {Quantity.Of(pipeline.InputSize, "feature")}, counted from 0, but feature "
                + $"{feature} was asked for.");
        }
    }
}
