using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>
/// Share of the samples whose largest output is in the same row as the largest target: for a classifier with one output
/// per class, at least two, and one-hot targets.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>accuracy_score</c> of the classes and Keras's <c>CategoricalAccuracy</c>. For a single output,
/// see <see cref="BinaryAccuracy"/>.
/// </remarks>
public sealed class Accuracy : IMetric
{
    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public IMetricAccumulator Start() => new Accumulator(Name);

    private sealed class Accumulator(string name) : ShareAccumulator(name)
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
        }

        protected override long CountRight<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
        {
            long right = 0;
            for (int j = 0; j < outputs.Columns; j++)
            {
                if (Decision.Predicted(outputs.Column(j), Decision.Middle) == Decision.Actual(targets.Column(j)))
                {
                    right++;
                }
            }

            return right;
        }
    }
}
