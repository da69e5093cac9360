using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>A computation that is written once for vectors of every width; see <see cref="WidestVectors"/>.</summary>
internal interface IVectorCode<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Does the computation with vectors of a width.</summary>
    void Run<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct;
}
