using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// A merge of the outputs of branches, or the gradient of one of them, for which threads share the samples. As a merge
/// treats samples independently, the number of threads changes no bit.
/// </summary>
internal readonly unsafe struct MergeJob<T> : IParallelJob
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Merge _merge;
    private readonly LayerMemory<T> _memory;
    private readonly T* _scratch;
    private readonly int _scratchLength;
    private readonly int _branch;
    private readonly T* _output;
    private readonly T* _outputGradient;
    private readonly T* _branchGradient;
    private readonly Partition _shares;

    private MergeJob(
        Merge merge,
        LayerMemory<T> memory,
        T* scratch,
        int scratchLength,
        int branch,
        T* output,
        T* outputGradient,
        T* branchGradient,
        Partition shares)
    {
        _merge = merge;
        _memory = memory;
        _scratch = scratch;
        _scratchLength = scratchLength;
        _branch = branch;
        _output = output;
        _outputGradient = outputGradient;
        _branchGradient = branchGradient;
        _shares = shares;
    }

    /// <summary>Joins the outputs of the branches.</summary>
    /// <param name="merge">The merge.</param>
    /// <param name="memory">The memory of the layer, which holds the outputs of the branches.</param>
    /// <param name="scratch">The scratch memory of the layer, which does so in a prediction.</param>
    /// <param name="output">a, to be overwritten.</param>
    /// <param name="team">The threads that share the samples.</param>
    public static void Forward(
        Merge merge, LayerMemory<T> memory, Span<T> scratch, MatrixSpan<T> output, ForkJoin team)
    {
        Partition shares = SharesOf(memory, output.Columns, team);
        fixed (T* lent = scratch, joined = output.Values)
        {
            team.Run(
                new MergeJob<T>(merge, memory, lent, scratch.Length, 0, joined, null, null, shares), shares.Parts);
        }
    }

    /// <summary>Computes the gradient of the output of a branch.</summary>
    /// <param name="merge">The merge.</param>
    /// <param name="memory">The memory of the layer, which holds the outputs of the branches.</param>
    /// <param name="branch">The number of the branch.</param>
    /// <param name="output">a of the forward pass.</param>
    /// <param name="outputGradient">∂L/∂a.</param>
    /// <param name="branchGradient">∂L/∂bₖ, to be overwritten.</param>
    /// <param name="team">The threads that share the samples.</param>
    public static void Backward(
        Merge merge,
        LayerMemory<T> memory,
        int branch,
        ReadOnlyMatrixSpan<T> output,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> branchGradient,
        ForkJoin team)
    {
        Partition shares = SharesOf(memory, output.Columns, team);
        fixed (T* joined = output.Values, above = outputGradient.Values, result = branchGradient.Values)
        {
            team.Run(
                new MergeJob<T>(merge, memory, null, 0, branch, joined, above, result, shares), shares.Parts);
        }
    }

    /// <inheritdoc/>
    public void Execute(int part)
    {
        int first = _shares.Start(part);
        int count = _shares.Size(part);
        int rows = _memory.Layer.OutputSize;
        var branches = new BranchOutputs<T>(_memory, new(_scratch, _scratchLength), first, count);
        MatrixSpan<T> output = Samples(_output, rows, first, count);
        if (_branchGradient == null)
        {
            _merge.Forward(branches, output);
        }
        else
        {
            int size = _memory.Children[_branch].Layer.OutputSize;
            _merge.Backward(
                _branch,
                branches,
                output,
                Samples(_outputGradient, rows, first, count),
                Samples(_branchGradient, size, first, count));
        }
    }

    private static Partition SharesOf(LayerMemory<T> memory, int samples, ForkJoin team)
    {
        long rows = 0;
        for (int k = 0; k < memory.Children.Count; k++)
        {
            rows += memory.Children[k].Layer.OutputSize;
        }

        return team.Shares(samples, rows * samples);
    }

    private static MatrixSpan<T> Samples(T* matrix, int rows, int first, int count) =>
        new(new Span<T>(matrix + ((nint)first * rows), rows * count), rows, count);
}
