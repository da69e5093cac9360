using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Metrics;

/// <summary>
/// Share of the samples whose largest output stands where the largest target stands: for a classifier with one output
/// per class, two at least, and one-hot targets.
/// </summary>
public sealed class Accuracy : IMetric
{
    /// <inheritdoc/>
    public string Name => "accuracy";

    /// <inheritdoc/>
    public IMetricAccumulator Start() => new Accumulator();

    private sealed class Accumulator : IMetricAccumulator
    {
        private long _correct;
        private long _count;

        public double Value => _count == 0 ? double.NaN : (double)_correct / _count;

        public void Add<T>(ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            if (outputs.Rows < 2)
            {
                throw new ArgumentException(
                    "Accuracy compares the largest outputs of a classifier with an output per class, two at least, but there "
                    + $"is {outputs.Rows} output. Give each class an output and one-hot targets.",
                    nameof(outputs));
            }

            for (int j = 0; j < outputs.Columns; j++)
            {
                if (TensorPrimitives.IndexOfMax(outputs.Column(j)) == TensorPrimitives.IndexOfMax(targets.Column(j)))
                {
                    _correct++;
                }
            }

            _count += outputs.Columns;
        }

        public void Reset() => (_correct, _count) = (0, 0);
    }
}
