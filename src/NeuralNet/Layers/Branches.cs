using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// Layers side by side: each branch, a sequence of layers, receives the whole input x, and a merge joins what they
/// give: a = merge(f₁(x), f₂(x), …). ∂L/∂x = Σₖ (∂fₖ/∂x)ᵀ·∂L/∂bₖ, with bₖ = fₖ(x).
/// </summary>
/// <remarks>
/// A branch that begins with a <see cref="Slice{T}"/> reads a part of the input, such as one of several inputs; one
/// without layers passes the input on.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Branches<T> : Layer<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int _widestOutput;

    /// <summary>Makes the layer.</summary>
    /// <param name="merge">The function that joins the outputs of the branches.</param>
    /// <param name="branches">At least one branch; all take inputs of one shape.</param>
    /// <exception cref="ArgumentException">
    /// There is no branch, or the shapes do not fit each other or the merge.
    /// </exception>
    /// <exception cref="InvalidOperationException">A branch is part of a network or of another layer.</exception>
    public Branches(Merge merge, params IReadOnlyList<Sequence<T>> branches)
        : base("branches", InputShapeOf(branches), OutputShapeOf(merge, branches))
    {
        Merge = merge;
        RequireUnattached(branches);
        foreach (Sequence<T> branch in branches)
        {
            AddChild(branch);
        }

        _widestOutput = branches.Max(branch => branch.OutputSize);
    }

    /// <summary>The function that joins the outputs of the branches.</summary>
    public Merge Merge { get; }

    /// <inheritdoc/>
    public override OutputKind? OutputKind => Merge.OutputKindOf([.. Children.Select(child => child.OutputKind)]);

    /// <inheritdoc/>
    public override bool TakesPadding => Children.All(child => child.TakesPadding);

    /// <inheritdoc/>
    public override void RequestMemory(MemoryRequest memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        for (int k = 0; k < Children.Count; k++)
        {
            memory.ChildOutput(k);
        }

        if (memory.HasBackward)
        {
            // ∂L/∂bₖ and ∂L/∂x of one branch at a time.
            memory.Scratch(_widestOutput, memory.Samples);
            memory.Scratch(InputSize, memory.Samples);
        }
    }

    /// <inheritdoc/>
    public override void Forward(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output, ForwardContext<T> context)
    {
        for (int k = 0; k < Children.Count; k++)
        {
            context.ForwardChild(k, input, context.ChildOutput(k));
        }

        context.Join(Merge, output);
    }

    /// <inheritdoc/>
    public override void Backward(
        ReadOnlyMatrixSpan<T> input,
        ReadOnlyMatrixSpan<T> output,
        MatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient,
        BackwardContext<T> context)
    {
        for (int k = 0; k < Children.Count; k++)
        {
            MatrixSpan<T> gradient = context.Scratch(0).WithRows(Children[k].OutputSize);
            context.Separate(Merge, k, output, outputGradient, gradient);

            // The first branch writes ∂L/∂x, the others add to it.
            MatrixSpan<T> below = k == 0 || inputGradient.IsEmpty ? inputGradient : context.Scratch(1);
            context.BackwardChild(k, input, context.ChildOutput(k), gradient, below);
            if (k > 0 && !inputGradient.IsEmpty)
            {
                WholeBatch.Add<T>(inputGradient.Values, below.Values, inputGradient.Values, context.Team);
            }
        }
    }

    private static FeatureShape InputShapeOf(IReadOnlyList<Sequence<T>> branches)
    {
        ArgumentNullException.ThrowIfNull(branches);
        if (branches.Count == 0)
        {
            throw new ArgumentException("There must be at least one branch.", nameof(branches));
        }

        for (int k = 1; k < branches.Count; k++)
        {
            if (branches[k].InputShape.Size != branches[0].InputShape.Size
                || !branches.All(other => other.InputShape.CanBeReadAs(branches[k].InputShape)))
            {
                throw new ArgumentException(
                    $"All branches read the same input, but the first takes {branches[0].InputShape.Describe()} and "
                    + $"number {k + 1} takes {branches[k].InputShape.Describe()}.",
                    nameof(branches));
            }
        }

        return branches[0].InputShape;
    }

    private static FeatureShape OutputShapeOf(Merge merge, IReadOnlyList<Sequence<T>> branches)
    {
        ArgumentNullException.ThrowIfNull(merge);
        return merge.OutputShape([.. branches.Select(branch => branch.OutputShape)]);
    }
}
