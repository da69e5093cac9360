using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// Adam's step with the largest v so far in place of v, so that the step size of an element never grows again.
/// </summary>
internal readonly struct AmsGradRule<T>(AdamRule<T> adam) : IUpdateRule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly AdamRule<T> _adam = adam;

    public static int SlotCount => 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply(
        ref Vector<T> value, Vector<T> gradient, ref Vector<T> m, ref Vector<T> v, ref Vector<T> largest)
    {
        _adam.UpdateMoments(gradient, ref m, ref v);
        largest = Vector.Max(largest, v);
        value -= _adam.Step(m, largest);
    }
}
