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
    /// How many slots the rule has: known when its loop is compiled, so those behind them cost nothing.
    /// </summary>
    static abstract int SlotCount { get; }

    /// <summary>Whether the rule has options that do without some of its slots, which are empty spans then.</summary>
    static virtual bool HasOptionalSlots => false;

    /// <summary>Updates the values, and what is remembered of them, by their gradients.</summary>
    void Apply(
        ref Vector<T> value, Vector<T> gradient, ref Vector<T> slot0, ref Vector<T> slot1, ref Vector<T> slot2);
}
