using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// A vector's worth of numbers in memory, or the fewer ones that are left at the end: code written for it is compiled
/// for both.
/// </summary>
internal unsafe interface ILanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Reads the numbers; elements beyond them are 0.</summary>
    Vector<T> Load(T* source);

    /// <summary>Writes as many numbers and touches no memory after them.</summary>
    void Store(T* target, Vector<T> value);
}
