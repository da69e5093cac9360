using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.Optimizers;

namespace NeuralNet.Training;

/// <summary>
/// An optimizer's step over all parameters, in parts: each part takes its share of the elements of every parameter. As
/// elements are updated independently, the number of parts changes no bit.
/// </summary>
internal readonly struct UpdateJob<T>(
    IOptimizer optimizer, Parameter<T>[] parameters, T[][] gradients, T[][] slots, UpdateStep step, int parts) : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Execute(int part)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            var shares = new Partition(parameters[i].Count, parts);
            int start = shares.Start(part);
            int length = shares.Size(part);
            optimizer.Update(
                parameters[i].Values.Slice(start, length),
                gradients[i].AsSpan(start, length),
                new OptimizerSlots<T>(slots[i], optimizer.SlotCount).Slice(start, length),
                step);
        }
    }
}
