using System.Numerics;
using NeuralNet.Initializers;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Activations;

/// <summary>
/// The function σ that turns a layer's pre-activations z into its activations a = σ(z). Immutable and without state,
/// so one instance may serve any number of layers, networks and threads.
/// </summary>
/// <remarks>
/// All matrices are features × batch, one sample per column. An implementation must not depend on the batch: column j
/// of a result is a function of column j of the arguments alone.
/// </remarks>
public interface IActivation
{
    /// <summary>The name shown in summaries and messages, such as <c>ReLU</c>.</summary>
    string Name { get; }

    /// <summary>
    /// True if <see cref="Backward{T}"/> reads z. If false, the derivative is computed from a alone, a layer needs no
    /// memory for z, and <see cref="Forward{T}"/> may be called with z and a in the same memory.
    /// </summary>
    bool BackwardReadsInput { get; }

    /// <summary>
    /// The kind of numbers that a holds. A loss refuses outputs that it would misinterpret: one that takes logits, for
    /// example, would squash probabilities a second time.
    /// </summary>
    OutputKind OutputKind { get; }

    /// <summary>The default initializer of the weights of a layer that ends in this activation.</summary>
    IInitializer DefaultInitializer { get; }

    /// <summary>Computes a = σ(z).</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="z">Pre-activations, features × batch.</param>
    /// <param name="a">Activations, features × batch; overwritten.</param>
    void Forward<T>(ReadOnlyMatrixSpan<T> z, MatrixSpan<T> a)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>
    /// Computes δ = ∂L/∂z from ∂L/∂a: for an element-wise σ it is ∂L/∂a ⊙ σ'(z), else the transposed Jacobian times
    /// ∂L/∂a.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="z">Pre-activations, features × batch; empty unless <see cref="BackwardReadsInput"/>.</param>
    /// <param name="a">Activations σ(z), features × batch.</param>
    /// <param name="outputGradient">∂L/∂a, features × batch.</param>
    /// <param name="inputGradient">∂L/∂z, overwritten; may be the memory of <paramref name="outputGradient"/>.</param>
    void Backward<T>(
        ReadOnlyMatrixSpan<T> z,
        ReadOnlyMatrixSpan<T> a,
        ReadOnlyMatrixSpan<T> outputGradient,
        MatrixSpan<T> inputGradient)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
