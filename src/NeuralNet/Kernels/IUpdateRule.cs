using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// An optimizer's formula for a vector of elements, with up to three slots. Constants are fields of the struct. Mark
/// the implementation for inlining: the loop around it depends on it.
/// </summary>
internal interface IUpdateRule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Number of slots of the rule, a constant when its loop is compiled, so that unused slots cost nothing.
    /// </summary>
    static abstract int SlotCount { get; }

    /// <summary>True if some options of the rule do not use all of its slots, which are empty spans then.</summary>
    static virtual bool HasOptionalSlots => false;

    /// <summary>Updates the values and their slots from the gradient.</summary>
    void Apply(
        ref Vector<T> value, Vector<T> gradient, ref Vector<T> slot0, ref Vector<T> slot1, ref Vector<T> slot2);
}
