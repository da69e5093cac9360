using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// Some neighbouring elements of a span as doubles, whatever they are in memory, so that sums over many keep the digits
/// of float and squares do not overflow it. Kernels are written once for all numbers of elements; as these are structs
/// passed as type arguments, the JIT compiles each separately, and calls cost nothing.
/// </summary>
internal unsafe interface IDoubles<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, IDoubles<TSelf>
{
    /// <summary>Reads its elements.</summary>
    static abstract TSelf Load<T>(T* source)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Rounds to T and writes its elements.</summary>
    static abstract void Store<T>(T* target, TSelf value)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
