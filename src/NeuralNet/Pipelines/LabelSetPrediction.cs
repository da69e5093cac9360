using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Pipelines;

/// <summary>
/// Predicts sets of labels: those that a sample may have, with the certainty that was asked for, or those that it has,
/// where it may have several.
/// </summary>
public static class LabelSetPrediction
{
    /// <summary>
    /// Predicts the labels of one sample, as <see cref="PredictLabelSets{T}(Pipeline{T}, ReadOnlyMatrixSpan{T}, int)"/>
    /// does for each.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="input">The raw features, as many as the pipeline's <c>InputSize</c>.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The labels in the order of the pipeline's; there may be none.</returns>
    /// <exception cref="InvalidOperationException">
    /// The pipeline has no label sets, and its outputs are not labels; or an output is NaN although the features are
    /// finite.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The number of features is another, the transform refuses a value, or a feature is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static string[] PredictLabelSet<T>(this Pipeline<T> pipeline, Vector<T> input, int threads = 1)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(input);
        T[] features = input.AsArray() ?? input.ToArray();
        return pipeline.PredictLabelSets(new ReadOnlyMatrixSpan<T>(features, input.Count, 1), threads)[0];
    }

    /// <summary>
    /// Predicts the labels of each sample of a batch: of a pipeline with <see cref="Pipeline{T}.LabelSets"/> the
    /// classes that it may be of, among which the right one is as often as was asked for; of one whose outputs are
    /// labels, those whose output is above its threshold.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="inputs">The raw features, a sample per column.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The labels of each sample, in the order of the pipeline's; there may be none.</returns>
    /// <inheritdoc cref="PredictLabelSet{T}(Pipeline{T}, Vector{T}, int)" path="/exception"/>
    public static string[][] PredictLabelSets<T>(
        this Pipeline<T> pipeline, ReadOnlyMatrixSpan<T> inputs, int threads = 1)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        LabelEncoder labels = ClassPrediction.RequireLabels(pipeline);
        if (pipeline.LabelSets is null && !pipeline.Results.AreLabels)
        {
            throw new InvalidOperationException(
                "The pipeline has no label sets: ToConformal finds them by data that were held out.");
        }

        ReadOnlyMatrixSpan<T> outputs = pipeline.Predict(inputs, threads);
        string[][] sets = new string[outputs.Columns][];
        for (int j = 0; j < sets.Length; j++)
        {
            ReadOnlySpan<T> ofSample = outputs.Column(j);
            if (Decision.IndexOfNaN(ofSample) != Decision.None
                || (!pipeline.Results.AreLabels && ofSample.Length > 1
                    && Decision.LargestOrNone(ofSample) == Decision.None))
            {
                throw ClassPrediction.NoLabel(ofSample, inputs.Column(j), j, nameof(inputs));
            }

            sets[j] = Array.ConvertAll(Indices(pipeline, ofSample), labels.Decode);
        }

        return sets;
    }

    /// <summary>The labels of a sample by their numbers.</summary>
    internal static int[] Indices<T>(Pipeline<T> pipeline, ReadOnlySpan<T> outputs)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        if (pipeline.LabelSets is { } sets)
        {
            double[] probabilities = new double[pipeline.Labels!.Labels.Count];
            ClassScores.Read(pipeline, outputs, probabilities);
            return sets.Of(probabilities);
        }

        var indices = new List<int>();
        for (int i = 0; i < outputs.Length; i++)
        {
            if (Decision.IsAbove(outputs[i], pipeline.LabelThresholds?[i] ?? pipeline.Threshold))
            {
                indices.Add(i);
            }
        }

        return [.. indices];
    }
}
