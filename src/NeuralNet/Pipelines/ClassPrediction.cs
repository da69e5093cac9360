using System.Buffers;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Pipelines;

/// <summary>Predicts classes with a pipeline that has labels: their names, and their probabilities.</summary>
public static class ClassPrediction
{
    /// <summary>Predicts the class of one sample.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="input">The raw features, as many as the pipeline's <c>InputSize</c>.</param>
    /// <param name="threshold">
    /// With a single output, the number that it must exceed for the second class: a probability or, if the network
    /// gives logits, log-odds. <see cref="Pipeline{T}.Threshold"/> if null.
    /// </param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The label of the class with the largest output.</returns>
    /// <exception cref="InvalidOperationException">
    /// The pipeline has no labels, or an output is NaN or several overflow although the features are finite.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The number of features is another, the transform refuses a value, the outputs tell no class because a feature is
    /// not finite, or there is a threshold but not a single output.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The threshold is not finite, or <paramref name="threads"/> is below 1.
    /// </exception>
    public static string PredictLabel<T>(
        this Pipeline<T> pipeline, Vector<T> input, double? threshold = null, int threads = 1)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(input);
        return pipeline.PredictLabel((ReadOnlySpan<T>)(input.AsArray() ?? input.ToArray()), threshold, threads);
    }

    /// <summary>Predicts the class of one sample, without allocating after the first time.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="input">The raw features, as many as the pipeline's <c>InputSize</c>.</param>
    /// <param name="threshold">
    /// With a single output, the number that it must exceed for the second class: a probability or, if the network
    /// gives logits, log-odds. <see cref="Pipeline{T}.Threshold"/> if null.
    /// </param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The label of the class with the largest output.</returns>
    /// <exception cref="InvalidOperationException">
    /// The pipeline has no labels, or an output is NaN or several overflow although the features are finite.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The number of features is another, the transform refuses a value, the outputs tell no class because a feature is
    /// not finite, or there is a threshold but not a single output.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The threshold is not finite, or <paramref name="threads"/> is below 1.
    /// </exception>
    public static string PredictLabel<T>(
        this Pipeline<T> pipeline, ReadOnlySpan<T> input, double? threshold = null, int threads = 1)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        LabelEncoder labels = RequireLabels(pipeline);
        pipeline.RequireInputSize(input.Length, nameof(input));
        double limit = RequireThreshold(pipeline, threshold);
        T[] rented = ArrayPool<T>.Shared.Rent(pipeline.OutputSize);
        try
        {
            Span<T> scores = rented.AsSpan(0, pipeline.OutputSize);
            pipeline.Predict(input, scores, threads);
            return Decide<T>(pipeline, labels, scores, limit, input, sample: 0, nameof(input));
        }
        finally
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }

    /// <summary>Predicts the class of each sample of a batch.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="inputs">The raw features, a sample per column.</param>
    /// <param name="threshold">
    /// With a single output, the number that it must exceed for the second class; <see cref="Pipeline{T}.Threshold"/>
    /// if null.
    /// </param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>The labels of the classes with the largest outputs, in the order of the samples.</returns>
    /// <exception cref="InvalidOperationException">
    /// The pipeline has no labels, or an output is NaN or several overflow although the features are finite.
    /// </exception>
    /// <exception cref="ArgumentException">
    /// The number of features is another, the transform refuses a value, the outputs tell no class because a feature is
    /// not finite, or there is a threshold but not a single output.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The threshold is not finite, or <paramref name="threads"/> is below 1.
    /// </exception>
    public static string[] PredictLabels<T>(
        this Pipeline<T> pipeline, ReadOnlyMatrixSpan<T> inputs, double? threshold = null, int threads = 1)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        LabelEncoder labels = RequireLabels(pipeline);
        double limit = RequireThreshold(pipeline, threshold);
        ReadOnlyMatrixSpan<T> scores = pipeline.Predict(inputs, threads);
        string[] names = new string[scores.Columns];
        for (int j = 0; j < names.Length; j++)
        {
            names[j] = Decide(pipeline, labels, scores.Column(j), limit, inputs.Column(j), j, nameof(inputs));
        }

        return names;
    }

    /// <summary>Predicts the probability of each class for one sample.</summary>
    /// <remarks>
    /// If the last activation gives probabilities, they are returned, and if it gives their logarithms, the
    /// exponentials are. Otherwise the outputs are read as logits, like those of a network that was trained with
    /// <c>SoftmaxCrossEntropy</c> or, for a single output, <c>SigmoidCrossEntropy</c>: the probabilities are their
    /// softmax or sigmoid. A network that was trained with another loss, such as <c>MeanSquaredError</c>, and has no
    /// such activation gives no probabilities, whatever its threshold.
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="input">The raw features, as many as the pipeline's <c>InputSize</c>.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>
    /// A probability for each of the pipeline's labels, in their order: 1 − p and p for a single output of probability
    /// p.
    /// </returns>
    /// <exception cref="InvalidOperationException">The pipeline has no labels.</exception>
    /// <exception cref="ArgumentException">
    /// The number of features is another, or the transform refuses a value.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static Vector<T> PredictProbabilities<T>(this Pipeline<T> pipeline, Vector<T> input, int threads = 1)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(input);
        T[] features = input.AsArray() ?? input.ToArray();
        return pipeline.PredictProbabilities(new ReadOnlyMatrixSpan<T>(features, input.Count, 1), threads).Column(0);
    }

    /// <summary>
    /// Predicts the probability of each class for each sample of a batch, as
    /// <see cref="PredictProbabilities{T}(Pipeline{T}, Vector{T}, int)"/> does for one sample.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">The pipeline.</param>
    /// <param name="inputs">The raw features, a sample per column.</param>
    /// <param name="threads">
    /// Most threads that share the work, where it is large enough to pay; with 1 it never leaves the caller's thread.
    /// The result is the same to the bit.
    /// </param>
    /// <returns>Classes × batch: a probability for each of the pipeline's labels, in their order.</returns>
    /// <exception cref="InvalidOperationException">The pipeline has no labels.</exception>
    /// <exception cref="ArgumentException">
    /// The number of features is another, or the transform refuses a value.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public static Matrix<T> PredictProbabilities<T>(
        this Pipeline<T> pipeline, ReadOnlyMatrixSpan<T> inputs, int threads = 1)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        LabelEncoder labels = RequireLabels(pipeline);
        return ClassScores.Probabilities<T>(
            pipeline.Predict(inputs, threads), pipeline.Scale, labels.Labels.Count, pipeline.Results.AreLabels);
    }

    private static string Decide<T>(
        Pipeline<T> pipeline,
        LabelEncoder labels,
        ReadOnlySpan<T> outputs,
        double threshold,
        ReadOnlySpan<T> features,
        int sample,
        string argument)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        int index = pipeline.Costs is { } costs
            ? Decision.ClassOrNone(outputs, costs, pipeline.Scale)
            : Decision.ClassOrNone(outputs, threshold);
        return index != Decision.None ? labels.Decode(index) : throw NoLabel(outputs, features, sample, argument);
    }

    internal static Exception NoLabel<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> features, int sample, string argument)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        string message = $"{Decision.WhyNone(outputs, $" of sample {sample}")}, so the sample has no label";
        for (int i = 0; i < features.Length; i++)
        {
            if (!T.IsFinite(features[i]))
            {
                return new ArgumentException(
                    string.Create(
                        System.Globalization.CultureInfo.InvariantCulture,
                        $"{message}: its feature {i} is {features[i]}. Give finite numbers, or a pipeline that imputes "
                        + $"missing ones."),
                    argument);
            }
        }

        return new InvalidOperationException(
            $"{message}, though its features are finite. The parameters of the network are not, or its numbers "
            + "overflow: use a model from before training diverged.");
    }

    private static double RequireThreshold<T>(Pipeline<T> pipeline, double? threshold)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        if (pipeline.Results.AreLabels)
        {
            throw new InvalidOperationException(
                "A sample may have any number of the labels of this pipeline, so there is no single one: "
                + $"{nameof(LabelSetPrediction.PredictLabelSets)} gives those that it has.");
        }

        if (threshold is not { } value)
        {
            return pipeline.Threshold;
        }

        return pipeline.OutputSize == 1
            ? Require.Finite(value, nameof(threshold))
            : throw new ArgumentException(
                $"A threshold tells two classes apart by a single output, but there are {pipeline.OutputSize}, of "
                + "which the largest decides. Leave the threshold out.",
                nameof(threshold));
    }

    internal static LabelEncoder RequireLabels<T>(Pipeline<T> pipeline)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        return pipeline.Labels ?? throw new InvalidOperationException(
            pipeline.Outputs is null
                ? "The pipeline has no labels, so it knows no names of classes: give Pipeline.Create labels if it is a "
                + "classifier, such as new LabelEncoder([\"no\", \"yes\"]). Predict gives the outputs of any pipeline, "
                + "such as the numbers of a regression."
                : "The pipeline has no labels: its outputs are those of a regression, which Predict gives.");
    }
}
