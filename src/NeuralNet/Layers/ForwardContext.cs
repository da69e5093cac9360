using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;
using NeuralNet.Randomness;

namespace NeuralNet.Layers;

/// <summary>What a layer is lent and told during a forward pass.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct ForwardContext<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    internal ForwardContext(Span<T> state, bool isTraining, RandomStream random, ForkJoin team)
    {
        State = state;
        IsTraining = isTraining;
        Random = random;
        Team = team;
    }

    /// <summary>
    /// Memory of <see cref="Layer{T}.StateLength"/> numbers, with unspecified contents, that the backward pass of the
    /// same batch sees as this pass leaves it.
    /// </summary>
    public Span<T> State { get; }

    /// <summary>Whether this is a training step (dropout drops, batch statistics count) or a prediction.</summary>
    public bool IsTraining { get; }

    /// <summary>What the layer draws in this step; the same for the same seed and step.</summary>
    public RandomStream Random { get; }

    /// <summary>What a layer within this one is lent for the same pass.</summary>
    /// <param name="index">Its position among <see cref="Layer{T}.Children"/>, from zero: it draws numbers of its own.</param>
    /// <param name="state">Its part of <see cref="State"/>.</param>
    /// <returns>The context to hand to it.</returns>
    public ForwardContext<T> ForChild(int index, Span<T> state) => new(state, IsTraining, Random.Derive(index), Team);

    /// <summary>Multiplies matrices at full speed, on the threads that share the work of the pass: C = op(A)·op(B).</summary>
    /// <remarks>
    /// A parameter's <see cref="Parameter{T}.Value"/> is a matrix that may be given as it is. The result does not depend on the
    /// number of threads.
    /// </remarks>
    /// <param name="left">A.</param>
    /// <param name="right">B.</param>
    /// <param name="result">C, in other memory than A and B.</param>
    /// <param name="transposeLeft">Whether op(A) is Aᵀ; else it is A.</param>
    /// <param name="transposeRight">Whether op(B) is Bᵀ; else it is B.</param>
    /// <param name="accumulate">Whether the product is added to what C holds; else it overwrites it.</param>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or C overlaps A or B.</exception>
    public void Multiply(
        ReadOnlyMatrixSpan<T> left,
        ReadOnlyMatrixSpan<T> right,
        MatrixSpan<T> result,
        bool transposeLeft = false,
        bool transposeRight = false,
        bool accumulate = false) =>
        LayerProduct.Multiply(left, right, result, transposeLeft, transposeRight, accumulate, Team);

    /// <summary>The threads that share the work.</summary>
    internal ForkJoin Team { get; }
}
