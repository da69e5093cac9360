using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>The first numbers of a vector.</summary>
/// <param name="count">How many, fewer than a vector has.</param>
internal readonly unsafe struct PartOfVector<T>(int count) : ILanes<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public Vector<T> Load(T* source) => Elementwise.LoadPartial<T>(new ReadOnlySpan<T>(source, count));

    /// <inheritdoc/>
    public void Store(T* target, Vector<T> value) => Elementwise.StorePartial(value, new Span<T>(target, count));
}
