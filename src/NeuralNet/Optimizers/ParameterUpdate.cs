using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// A step of an optimizer over a range of elements: g ← g + λ₂·θ for the L2 penalty, θ ← θ − η·λ·θ for the decoupled
/// weight decay, then the optimizer's own rule. The only place where penalty and decay are applied.
/// </summary>
internal static class ParameterUpdate
{
    /// <summary>Elements that are penalized and decay before the rule takes them, still in the cache.</summary>
    internal const int BlockLength = 4096;

    /// <summary>Updates a range of elements.</summary>
    /// <param name="optimizer">The rule.</param>
    /// <param name="values">The elements, updated in place.</param>
    /// <param name="gradient">∂L/∂value, without the penalty; not changed.</param>
    /// <param name="slots">What the rule remembers of these elements.</param>
    /// <param name="step">The number and the learning rate of the step, that of the group included.</param>
    /// <param name="settings">Penalty and decay of the parameter.</param>
    public static void Run<T>(
        IOptimizer optimizer,
        Span<T> values,
        ReadOnlySpan<T> gradient,
        OptimizerSlots<T> slots,
        UpdateStep step,
        UpdateSettings settings)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!settings.ShrinksValues)
        {
            optimizer.Update(values, gradient, slots, step);
            return;
        }

        for (int start = 0; start < values.Length; start += BlockLength)
        {
            int length = Math.Min(BlockLength, values.Length - start);
            Span<T> some = values.Slice(start, length);
            ReadOnlySpan<T> derivative = gradient.Slice(start, length);
            if (settings.L2Penalty == 0)
            {
                Decay(some, step.LearningRate * settings.WeightDecay);
                optimizer.Update(some, derivative, slots.Slice(start, length), step);
            }
            else
            {
                RunPenalized(optimizer, some, derivative, slots.Slice(start, length), step, settings);
            }
        }
    }

    // In a method of its own: its frame holds a block.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunPenalized<T>(
        IOptimizer optimizer,
        Span<T> values,
        ReadOnlySpan<T> gradient,
        OptimizerSlots<T> slots,
        UpdateStep step,
        UpdateSettings settings)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> penalized = stackalloc T[values.Length];
        TensorPrimitives.Multiply(values, T.CreateChecked(settings.L2Penalty), penalized);
        TensorPrimitives.Add(gradient, penalized, penalized);
        Decay(values, step.LearningRate * settings.WeightDecay);
        optimizer.Update(values, penalized, slots, step);
    }

    private static void Decay<T>(Span<T> values, double share)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (share != 0)
        {
            UpdateLoop.Run(values, values, new DecayRule<T>(T.CreateChecked(share)));
        }
    }

    // θ − (η·λ)·θ and not (1 − η·λ)·θ: in float, 1 − η·λ would round away most digits of a small η·λ.
    private readonly struct DecayRule<T>(T share) : IUpdateRule<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _share = new(share);

        public static int SlotCount => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply(
            ref Vector<T> value, Vector<T> gradient, ref Vector<T> slot0, ref Vector<T> slot1, ref Vector<T> slot2) =>
            value -= _share * value;
    }
}
