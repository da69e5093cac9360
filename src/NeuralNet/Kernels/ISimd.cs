using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// The vector instructions the kernels are written in. Each implementation is for one register width; because they are
/// structs passed as type arguments, the JIT compiles every kernel separately for each width in use, and calls through
/// this interface cost nothing.
/// </summary>
/// <typeparam name="TVector">A register of <see cref="Count"/> elements.</typeparam>
/// <typeparam name="T">The element type, <see cref="float"/> or <see cref="double"/>.</typeparam>
internal unsafe interface ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of elements per vector.</summary>
    static abstract int Count { get; }

    /// <summary>Number of vector registers.</summary>
    static abstract int Registers { get; }

    /// <summary>Largest number of vectors of rows in a register tile.</summary>
    static abstract int TileVectors { get; }

    /// <summary>Largest number of columns in a register tile, at most 8.</summary>
    static abstract int TileColumns { get; }

    /// <summary>Reads <see cref="Count"/> elements.</summary>
    static abstract TVector Load(T* source);

    /// <summary>
    /// Reads <paramref name="count"/> elements, at least 1 and fewer than <see cref="Count"/>, and touches no memory
    /// after them; the other elements of the vector are zero.
    /// </summary>
    static abstract TVector LoadPartial(T* source, int count);

    /// <summary>Writes <see cref="Count"/> elements.</summary>
    static abstract void Store(T* target, TVector value);

    /// <summary>
    /// Writes the first <paramref name="count"/> elements, at least 1 and fewer than <see cref="Count"/>, and touches
    /// no memory after them.
    /// </summary>
    static abstract void StorePartial(T* target, TVector value, int count);

    /// <summary>Returns a vector with <paramref name="value"/> in every lane.</summary>
    static abstract TVector Broadcast(T value);

    /// <summary>Adds lane by lane.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>Subtracts lane by lane.</summary>
    static abstract TVector Subtract(TVector left, TVector right);

    /// <summary>Multiplies lane by lane.</summary>
    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>Divides lane by lane.</summary>
    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>Lane by lane the value, or the nearer of two bounds that it lies beyond; NaN stays NaN.</summary>
    static abstract TVector Clamp(TVector value, TVector low, TVector high);

    /// <summary>2ᵏ lane by lane, for whole k, if it is a normal number.</summary>
    static abstract TVector PowerOfTwo(TVector k);

    /// <summary>The larger number of each lane; NaN where one of them is.</summary>
    static abstract TVector Maximum(TVector left, TVector right);

    /// <summary>
    /// Lane by lane, <paramref name="same"/> where <paramref name="value"/> is <paramref name="reference"/> or NaN, and
    /// <paramref name="other"/> elsewhere.
    /// </summary>
    static abstract TVector SelectSameOrNaN(TVector value, TVector reference, TVector same, TVector other);

    /// <summary>
    /// Computes <paramref name="left"/>·<paramref name="right"/> + <paramref name="addend"/>, rounded once if the
    /// processor has a fused instruction, else twice (emulating the fused one would be slow).
    /// </summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>Adds up all lanes, always in the same order.</summary>
    static abstract T Sum(TVector value);

    /// <summary>
    /// Reads a vector in lanes of 128 bits: the first lane from <paramref name="source"/>, the next
    /// <paramref name="step"/> elements further on, and so on.
    /// </summary>
    static abstract TVector LoadLanes(T* source, nint step);

    /// <summary>
    /// Interleaves, in each lane of 128 bits, the elements of the lower halves: even 0, odd 0, even 1, …
    /// </summary>
    static abstract TVector InterleaveLow(TVector even, TVector odd);

    /// <summary>Interleaves, in each lane of 128 bits, the elements of the upper halves.</summary>
    static abstract TVector InterleaveHigh(TVector even, TVector odd);
}
