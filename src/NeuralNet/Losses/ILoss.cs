using System.Numerics;
using NeuralNet.Decisions;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Losses;

/// <summary>
/// The loss that training minimizes: that of one sample, L(output, target), and its gradient. Immutable and without
/// state, so one instance may serve any number of engines and threads.
/// </summary>
/// <remarks>
/// The loss of a batch is the mean of its samples' losses. The backpropagation engine takes that mean: an
/// implementation neither divides by the number of samples nor adds them up.
/// </remarks>
public interface ILoss
{
    /// <summary>The name shown in messages, such as <c>mean squared error</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The kind of outputs that the loss takes. A network whose last activation gives another kind is refused.
    /// </summary>
    LossInput Input { get; }

    /// <summary>
    /// The meaning of several outputs of a sample to the loss: classes that exclude each other, as for softmax
    /// cross-entropy, or labels of their own, as for sigmoid cross-entropy; null if it says nothing about it. Metrics
    /// read the outputs alike.
    /// </summary>
    OutputMeaning? Meaning => null;

    /// <summary>
    /// True, as of nearly all, if the loss compares outputs with targets; false if it compares outputs with each other,
    /// as <see cref="TripletLoss"/> does, so that nothing can be wrong with targets.
    /// </summary>
    bool ReadsTargets => true;

    /// <summary>Computes the loss and the gradient of every sample.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="outputs">The network's outputs, outputs × batch.</param>
    /// <param name="targets">The desired outputs, outputs × batch.</param>
    /// <param name="losses">The loss of each sample, overwritten; one element per column.</param>
    /// <param name="gradient">∂L/∂output of each sample, outputs × batch; overwritten.</param>
    void Compute<T>(
        ReadOnlyMatrixSpan<T> outputs, ReadOnlyMatrixSpan<T> targets, Span<T> losses, MatrixSpan<T> gradient)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
