using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>The activation of a simple recurrent cell.</summary>
internal interface ICellActivation<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>σ(z).</summary>
    static abstract Lanes<TSimd, TVector, T> Value<TSimd, TVector>(Lanes<TSimd, TVector, T> z)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct;

    /// <summary>σ'(z), from a = σ(z).</summary>
    static abstract Lanes<TSimd, TVector, T> Derivative<TSimd, TVector>(Lanes<TSimd, TVector, T> a)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct;
}
