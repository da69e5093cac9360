using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>The outputs of the branches of a <see cref="Branches{T}"/> for samples of a batch.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct BranchOutputs<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly LayerMemory<T> _memory;
    private readonly Span<T> _scratch;
    private readonly int _first;
    private readonly int _count;

    internal BranchOutputs(LayerMemory<T> memory, Span<T> scratch, int first, int count)
    {
        _memory = memory;
        _scratch = scratch;
        _first = first;
        _count = count;
    }

    /// <summary>Number of branches.</summary>
    public int Count => _memory.Children.Count;

    /// <summary>The shape of the joined output.</summary>
    public FeatureShape OutputShape => _memory.Layer.OutputShape;

    /// <summary>The output of a branch, its output size × samples.</summary>
    /// <param name="branch">Its number, from zero.</param>
    public ReadOnlyMatrixSpan<T> this[int branch] => _memory.ChildOutput(branch, _scratch).ColumnRange(_first, _count);
}
