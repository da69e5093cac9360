using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// A loss of one sample, L(output, target), and its gradient. Immutable and without state, so one instance may serve
/// any number of engines and threads.
/// </summary>
/// <remarks>
/// The loss of a batch is the mean of its samples' losses. That mean is taken in one place, by the backpropagation
/// engine: an implementation neither divides by the number of samples nor adds them up.
/// </remarks>
public interface ILoss
{
    /// <summary>The name shown in messages, such as <c>mean squared error</c>.</summary>
    string Name { get; }

    /// <summary>
    /// What the loss takes outputs for. A network whose last activation gives something else is refused.
    /// </summary>
    LossInput Input { get; }

    /// <summary>Computes the loss and the gradient of every sample.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="outputs">What the network said, outputs × batch.</param>
    /// <param name="targets">What it should have said, outputs × batch.</param>
    /// <param name="losses">The loss of each sample, to be overwritten; one element per column.</param>
    /// <param name="gradient">∂L/∂output of each sample, outputs × batch, to be overwritten.</param>
    void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
