using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// Reads and writes a vector's worth of numbers, or the fewer ones that are left at the end: code written for it is
/// compiled for both.
/// </summary>
internal unsafe interface ILaneAccess<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Reads the numbers; lanes beyond them are 0.</summary>
    Lanes<TSimd, TVector, T> Load(T* source);

    /// <summary>Writes as many numbers and touches no memory after them.</summary>
    void Store(T* target, Lanes<TSimd, TVector, T> value);
}
