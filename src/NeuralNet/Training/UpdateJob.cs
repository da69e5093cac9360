using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.Kernels;
using NeuralNet.Layers;
using NeuralNet.Optimizers;

namespace NeuralNet.Training;

/// <summary>
/// An optimizer's step over all parameters, in parts: each part takes its share of the elements of every parameter. As
/// elements are updated independently, the number of parts changes no bit. Each parameter has the settings of its
/// group. Running statistics take in those of the batch, and what is frozen stays. Of a sparse gradient, only the
/// columns that differ from 0 are looked at, if the optimizer leaves the others alone and nothing shrinks them.
/// </summary>
internal readonly struct UpdateJob<T>(
    IOptimizer optimizer,
    Parameter<T>[] parameters,
    T[][] gradients,
    ColumnSet?[] columns,
    T[][] slots,
    UpdateSettings[] settings,
    UpdateStep step,
    int parts) : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public void Execute(int part)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            if (!parameters[i].IsFrozen)
            {
                bool skipsZeros = optimizer.SkipsZeroGradients && !settings[i].ShrinksValues;
                ColumnSet? written = skipsZeros ? columns[i] : null;
                foreach ((int start, int length) in WrittenRanges.Of(parameters[i].Count, written, part, parts))
                {
                    Update(i, start, length);
                }
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
            ParameterUpdate.Run(
                optimizer,
                values,
                gradient,
                new OptimizerSlots<T>(slots[i], optimizer.SlotCount).Slice(start, length),
                step with { LearningRate = step.LearningRate * settings[i].LearningRateFactor },
                settings[i]);
        }
    }
}
