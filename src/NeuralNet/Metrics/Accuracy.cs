using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>
/// Share of the samples whose largest output is in the same row as the largest target: for a classifier with one output
/// per class, at least two, and one-hot targets.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>accuracy_score</c> of the classes and Keras's <c>CategoricalAccuracy</c>. For a single output,
/// see <see cref="BinaryAccuracy"/>; for labels of which a sample may have several, that and <see cref="ExactMatch"/>.
/// </remarks>
public sealed class Accuracy : IMetric
{
    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <summary>
    /// The meaning of the outputs; learned from the network and its loss if null. Say classes where each output ends in
    /// a sigmoid, but a sample has one class all the same.
    /// </summary>
    public OutputMeaning? Meaning { get; init; }

    /// <inheritdoc/>
    public IMetricAccumulator Start(OutputDescription outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return new Accumulator(new OutputReading(Name, outputs, meaning: Meaning)).Begin();
    }

    private sealed class Accumulator(OutputReading reading) : ShareAccumulator(reading)
    {
        protected override void RequireOutputs(int outputs)
        {
            if (outputs < 2)
            {
                throw new ArgumentException(
                    "Accuracy compares the largest outputs of a classifier with an output per class, two at least, "
                    + $"but there is {outputs} output. Give each class an output and one-hot targets, or measure "
                    + $"{nameof(BinaryAccuracy)}.",
                    nameof(outputs));
            }

            Reading.RequireClasses(outputs);
        }

        protected override void RequireTargets<T>(ReadOnlyMatrixSpan<T> targets, ReadOnlySpan<T> weights) =>
            Reading.RequireNamedClasses(targets, weights);

        protected override int Judge<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets)
        {
            int predicted = Reading.ClassOrNone(outputs);
            int actual = Decision.LargestOrNone(targets);
            return predicted == Decision.None || actual == Decision.None ? Decision.None
                : predicted == actual ? 1
                : 0;
        }
    }
}
