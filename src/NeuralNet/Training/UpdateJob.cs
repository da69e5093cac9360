using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.Optimizers;

namespace NeuralNet.Training;

/// <summary>
/// An optimizer's step over all parameters, in parts: each part takes its share of the elements of every parameter. As
/// elements are updated independently, the number of parts changes no bit. Running statistics take in those of the
/// batch, and what is frozen stays.
/// </summary>
internal readonly struct UpdateJob<T>(
    IOptimizer optimizer, Parameter<T>[] parameters, T[][] gradients, T[][] slots, UpdateStep step, int parts)
    : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Execute(int part)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            var shares = new Partition(parameters[i].Count, parts);
            if (!parameters[i].IsFrozen)
            {
                Update(i, shares.Start(part), shares.Size(part));
            }
        }
    }

    private void Update(int i, int start, int length)
    {
        Parameter<T> parameter = parameters[i];
        Span<T> values = parameter.Values.Slice(start, length);
        ReadOnlySpan<T> gradient = gradients[i].AsSpan(start, length);
        if (parameter.IsStatistic)
        {
            T momentum = T.CreateChecked(parameter.StatisticMomentum);
            TensorPrimitives.Multiply(values, T.One - momentum, values);
            TensorPrimitives.MultiplyAdd(gradient, momentum, values, values);
        }
        else
        {
            optimizer.Update(
                values, gradient, new OptimizerSlots<T>(slots[i], optimizer.SlotCount).Slice(start, length), step);
        }
    }
}
