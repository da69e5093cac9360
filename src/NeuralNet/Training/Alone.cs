using System.Numerics;
using NeuralNet.Optimizers;

namespace NeuralNet.Training;

/// <summary>One worker: every sum over the workers is its own number.</summary>
internal sealed class Alone : IWorkers
{
    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public void Sum<T>(GradientSet<T> gradients, Span<double> totals)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
    }
}
