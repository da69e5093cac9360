using System.Numerics;
using NeuralNet.Optimizers;

namespace NeuralNet.Extensibility.Tests;

/// <summary>
/// An optimizer of one's own, with two slots: a step size per element that grows while the sign stays.
/// </summary>
internal sealed class Rprop(double learningRate) : IOptimizer
{
    public double LearningRate => learningRate;

    public int SlotCount => 2;

    public void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> previous = slots[0];
        Span<T> size = slots[1];
        for (int i = 0; i < values.Length; i++)
        {
            if (step.Number == 1)
            {
                size[i] = T.CreateChecked(step.LearningRate);
            }

            size[i] *= T.CreateChecked(gradient[i] * previous[i] >= T.Zero ? 1.2 : 0.5);
            values[i] -= T.CreateChecked(T.Sign(gradient[i])) * size[i];
            previous[i] = gradient[i];
        }
    }
}
