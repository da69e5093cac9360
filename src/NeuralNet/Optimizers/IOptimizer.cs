using System.Numerics;

namespace NeuralNet.Optimizers;

/// <summary>
/// A rule that improves parameters by their gradients. It is pure: hyperparameters are immutable, and whatever it
/// remembers from step to step lies in slots that the trainer owns. One instance may serve any number of trainers.
/// </summary>
/// <remarks>
/// Two things keep weights small, and PyTorch calls both <c>weight_decay</c>. An L2 penalty adds λ·θ to the gradient,
/// as if ½·λ·‖θ‖² were part of the loss, and goes through all that the rule does with gradients: <c>l2Penalty</c> here.
/// Decoupled weight decay takes η·λ·θ off the values beside the rule: <c>weightDecay</c>, of <see cref="AdamW"/> and
/// <see cref="Lion"/>. For plain descent they are the same.
/// </remarks>
public interface IOptimizer
{
    /// <summary>The learning rate η, above 0.</summary>
    double LearningRate { get; }

    /// <summary>How many numbers the rule remembers per element of a parameter, such as 2 for Adam.</summary>
    int SlotCount { get; }

    /// <summary>
    /// Updates a run of elements. Each element must be updated independently of its neighbours: a parameter may come in
    /// several runs, on several threads at once.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="values">The elements, to be updated in place.</param>
    /// <param name="gradient">∂L/∂value, element by element.</param>
    /// <param name="slots">What the rule remembers of these elements, zero before the first step.</param>
    /// <param name="step">Which step this is, and its learning rate.</param>
    void Update<T>(Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step)
        where T : unmanaged, IFloatingPointIeee754<T>;
}
