using System.Numerics;
using NeuralNet.Data;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.Pipelines;

namespace NeuralNet.Evaluation;

/// <summary>Chooses the thresholds of a pipeline for what its answers are good for.</summary>
public static class PipelineThresholds
{
    /// <summary>Chooses the threshold that serves a goal best on data that the network was not trained on.</summary>
    /// <remarks>
    /// <para>
    /// The threshold is part of the new pipeline: <c>PredictLabel</c> and the metrics of <c>Evaluate</c> decide by it,
    /// and it is saved. Of a single output it tells the second class. Of labels each gets the threshold that is best
    /// for its own figure. Of several classes k, weights wₖ are found such that deciding for the largest wₖ pₖ makes
    /// the mean of the figures of all classes the largest that a search by one weight after the other finds:
    /// <see cref="Pipeline{T}.Costs"/>.
    /// </para>
    /// <para>
    /// A figure of the same data is too good: judge the pipeline by others. Calibrate first, if at all.
    /// </para>
    /// </remarks>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="pipeline">
    /// The pipeline, which has labels, or a network that ends in a sigmoid or a softmax.
    /// </param>
    /// <param name="validation">Raw features, and targets of 0 and 1.</param>
    /// <param name="goal">What to choose it for.</param>
    /// <param name="threads">
    /// Most threads that share the work of predicting, where it is large enough to pay; as many as there are processors
    /// if null, 1 never leaves the caller's thread. The result is the same to the bit.
    /// </param>
    /// <returns>A pipeline with the same network.</returns>
    /// <exception cref="ArgumentException">
    /// The data do not fit, lack an answer, or have no threshold that serves the goal; or a number is not finite.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">The outputs may be plain numbers.</exception>
    /// <example><code>
    /// pipeline = pipeline.Calibrate(validation).ChooseThreshold(validation, ThresholdGoal.F1);
    /// pipeline.Save("model.safetensors");
    /// </code></example>
    public static Pipeline<T> ChooseThreshold<T>(
        this Pipeline<T> pipeline, DataSet<T> validation, ThresholdGoal goal, int? threads = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(goal);
        PipelineCheck.RequireClassifier(pipeline, "a threshold");
        var data = new HeldOut<T>(pipeline, validation, threads, nameof(validation));
        if (pipeline.AreClasses)
        {
            var search = new ClassWeightSearch(data.Probabilities(), data.Rows, data.Classes(), goal);
            return pipeline.WithCosts(ClassCosts.OfWeights(search.Find(nameof(validation))));
        }

        double[] thresholds = new double[data.Rows];
        for (int i = 0; i < thresholds.Length; i++)
        {
            thresholds[i] = ThresholdSearch.Best(
                data.Row(i),
                data.Answers(i),
                goal,
                pipeline.Scale.Threshold(),
                nameof(validation),
                thresholds.Length == 1
                    ? ""
                    : $" of label {MessageText.Quoted(pipeline.Labels?.Labels[i] ?? $"{i}")}");
        }

        return pipeline.WithThresholds(thresholds);
    }
}
