using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// The vector instructions the kernels are written in. Each implementation stands for one register width; because
/// they are structs passed as type arguments, the JIT compiles every kernel separately for each width in use and
/// nothing of this interface remains at run time.
/// </summary>
/// <typeparam name="TVector">A register of <see cref="Count"/> elements.</typeparam>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe interface ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Elements per vector.</summary>
    static abstract int Count { get; }

    /// <summary>Most vectors of rows in a register tile.</summary>
    static abstract int TileVectors { get; }

    /// <summary>Most columns in a register tile, at most 8.</summary>
    static abstract int TileColumns { get; }

    /// <summary>Reads <see cref="Count"/> elements.</summary>
    static abstract TVector Load(T* source);

    /// <summary>
    /// Reads <paramref name="count"/> elements, at least 1 and fewer than <see cref="Count"/>, and touches no memory
    /// behind them; the other elements of the vector are zero.
    /// </summary>
    static abstract TVector LoadPartial(T* source, int count);

    /// <summary>Writes <see cref="Count"/> elements.</summary>
    static abstract void Store(T* target, TVector value);

    /// <summary>
    /// Writes the first <paramref name="count"/> elements, at least 1 and fewer than <see cref="Count"/>, and touches
    /// no memory behind them.
    /// </summary>
    static abstract void StorePartial(T* target, TVector value, int count);

    /// <summary>A vector with <paramref name="value"/> in every lane.</summary>
    static abstract TVector Broadcast(T value);

    /// <summary>Lane by lane sum.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>
    /// <paramref name="left"/>·<paramref name="right"/> + <paramref name="addend"/>, rounded once where the processor
    /// has a fused instruction and twice where it has none (emulating the fused one would be slow).
    /// </summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>The sum of all lanes, always in the same order.</summary>
    static abstract T Sum(TVector value);

    /// <summary>
    /// Reads a vector in lanes of 128 bits: the first lane from <paramref name="source"/>, the next
    /// <paramref name="step"/> elements further on, and so on.
    /// </summary>
    static abstract TVector LoadLanes(T* source, nint step);

    /// <summary>In each lane of 128 bits, the elements of the lower halves in turn: even 0, odd 0, even 1, …</summary>
    static abstract TVector InterleaveLow(TVector even, TVector odd);

    /// <summary>In each lane of 128 bits, the elements of the upper halves in turn.</summary>
    static abstract TVector InterleaveHigh(TVector even, TVector odd);
}
