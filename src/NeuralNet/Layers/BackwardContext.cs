using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Layers;

/// <summary>What a layer is lent during a backward pass.</summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly ref struct BackwardContext<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T[]> _gradients;

    internal BackwardContext(Span<T> state, ReadOnlySpan<T[]> gradients, ForkJoin team)
    {
        State = state;
        _gradients = gradients;
        Team = team;
    }

    /// <summary>What the forward pass of the same batch left in <see cref="ForwardContext{T}.State"/>.</summary>
    public Span<T> State { get; }

    /// <summary>
    /// Where ∂L/∂parameter goes: the parameter's shape, with unspecified contents, to be overwritten. Of a running
    /// statistic, the batch's own goes there.
    /// </summary>
    /// <param name="parameter">A parameter of the layer.</param>
    /// <returns>The gradient, to be written.</returns>
    public MatrixSpan<T> Gradient(Parameter<T> parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return new(_gradients[parameter.Index], parameter.Rows, parameter.Columns);
    }

    /// <summary>What a layer within this one is lent for the same pass.</summary>
    /// <param name="state">Its part of <see cref="State"/>.</param>
    /// <returns>The context to hand to it.</returns>
    public BackwardContext<T> ForChild(Span<T> state) => new(state, _gradients, Team);

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
