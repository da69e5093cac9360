using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// An optimizer's formula for a vector of elements, with up to three slots. Constants ride along in fields. Mark the
/// implementation for inlining: the loop around it depends on it.
/// </summary>
internal interface IUpdateRule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// How many slots the rule may have, known when the loop is compiled: the slots behind them cost nothing.
    /// </summary>
    static abstract int MostSlots { get; }

    /// <summary>Updates the values, and what is remembered of them, by their gradients.</summary>
    void Apply(
        ref Vector<T> value, Vector<T> gradient, ref Vector<T> slot0, ref Vector<T> slot1, ref Vector<T> slot2);
}
