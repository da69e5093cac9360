using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>
/// The function that joins the outputs of <see cref="Branches{T}"/> into one, for each sample by itself. Immutable and
/// without state, so one instance may serve any number of layers and threads.
/// </summary>
/// <remarks>
/// Threads share the samples of a batch: a merge may be given any part of them, several parts at the same time.
/// </remarks>
public abstract class Merge
{
    /// <summary>Sum: a = Σ bₖ; the branches have one shape.</summary>
    public static Merge Sum { get; } = new SumMerge();

    /// <summary>Product: a = Π bₖ, element by element; the branches have one shape.</summary>
    public static Merge Product { get; } = new ProductMerge();

    /// <summary>Average: a = (1/n) Σ bₖ of n branches of one shape.</summary>
    public static Merge Average { get; } = new AverageMerge();

    /// <summary>
    /// Maximum: a = maxₖ bₖ, element by element; the branches have one shape. The gradient goes to the first branch
    /// that holds the maximum.
    /// </summary>
    public static Merge Maximum { get; } = new MaximumMerge();

    /// <summary>
    /// Concatenation along the last dimension: features behind features, or, of images, channels behind channels at
    /// every pixel; all other dimensions agree.
    /// </summary>
    public static Merge Concatenation { get; } = new ConcatenationMerge();

    /// <summary>The name to show, such as <c>Sum</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The shape of the joined output.</summary>
    /// <param name="branches">The shapes of the branches' outputs, at least one.</param>
    /// <returns>The shape.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public abstract FeatureShape OutputShape(IReadOnlyList<FeatureShape> branches);

    /// <summary>The meaning of the joined output, by those of the branches; null unless overridden.</summary>
    /// <param name="branches">The meanings of the branches' outputs, null where nothing is known.</param>
    /// <returns>The meaning; null where nothing is known about it.</returns>
    public virtual OutputKind? OutputKindOf(IReadOnlyList<OutputKind?> branches) => null;

    /// <summary>Joins the outputs of the branches.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="branches">b₁, b₂, …: the outputs of the branches for some samples.</param>
    /// <param name="output">a of these samples, to be overwritten.</param>
    public abstract void Forward<T>(BranchOutputs<T> branches, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>From ∂L/∂a computes the gradient of one branch's output, ∂L/∂bₖ = (∂a/∂bₖ)ᵀ·∂L/∂a.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="branch">k, from zero.</param>
    /// <param name="branches">The outputs of the branches in the forward pass, for some samples.</param>
    /// <param name="output">a of the forward pass.</param>
    /// <param name="outputGradient">∂L/∂a.</param>
    /// <param name="branchGradient">∂L/∂bₖ, to be overwritten.</param>
    public abstract void Backward<T>(
        int branch,
        BranchOutputs<T> branches,
        ReadOnlyMatrixSpan<T> output,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> branchGradient)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
