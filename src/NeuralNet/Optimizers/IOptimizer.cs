using System.Numerics;

namespace NeuralNet.Optimizers;

/// <summary>
/// The rule that updates the parameters from their gradients. It has no state: its settings are immutable, and what it
/// remembers from step to step is in slots that the trainer owns. One instance may serve any number of trainers.
/// </summary>
/// <remarks>
/// Two things keep weights small, and PyTorch calls both <c>weight_decay</c>. An L2 penalty adds λ·θ to the gradient,
/// as if ½·λ·‖θ‖² were part of the loss, so the rule scales it as it scales the gradient: <c>l2Penalty</c> here.
/// Decoupled weight decay subtracts η·λ·θ from the values, apart from the rule: <c>weightDecay</c>, of
/// <see cref="AdamW"/> and <see cref="Lion"/>. For plain gradient descent the two are the same.
/// </remarks>
public interface IOptimizer
{
    /// <summary>The learning rate η, above 0.</summary>
    double LearningRate { get; }

    /// <summary>Number of values that the rule remembers per element of a parameter, such as 2 for Adam.</summary>
    int SlotCount { get; }

    /// <summary>
    /// Whether an element whose gradient is 0 keeps its value and its slots to the bit, so that it need not be looked
    /// at: steps over the vectors of an embedding are then as fast as the batch is small, however many there are. False
    /// unless overridden.
    /// </summary>
    bool SkipsZeroGradients => false;

    /// <summary>
    /// Updates a range of elements. Each element must be updated independently of the others: a parameter may be
    /// updated in several ranges, on several threads at once.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="values">The elements, to be updated in place.</param>
    /// <param name="gradient">∂L/∂value, element by element.</param>
    /// <param name="slots">The values that the rule remembers for these elements; 0 before the first step.</param>
    /// <param name="step">The number of this step, and its learning rate.</param>
    void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
