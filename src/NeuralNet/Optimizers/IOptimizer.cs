using System.Numerics;

namespace NeuralNet.Optimizers;

/// <summary>
/// The rule that updates the parameters from their gradients. It has no state: its settings are immutable, and what it
/// remembers from step to step is in slots that the trainer owns. One instance may serve any number of trainers.
/// </summary>
/// <remarks>
/// Two things keep weights small, and PyTorch calls both <c>weight_decay</c>. An L2 penalty adds λ·θ to the gradient,
/// as if ½·λ·‖θ‖² were part of the loss, so the rule scales it as it scales the gradient: <see cref="L2Penalty"/>.
/// Decoupled weight decay subtracts η·λ·θ from the values, apart from the rule: <see cref="WeightDecay"/>, as Keras's
/// <c>weight_decay</c> of every optimizer does. For plain gradient descent the two are the same. The trainer does both,
/// before it calls <see cref="Update"/>, whatever the rule: the penalty is that of the values before they decay. So a
/// rule of your own has them, too, and <see cref="ParameterGroup"/> sets other strengths for some of the parameters.
/// </remarks>
public interface IOptimizer
{
    /// <summary>The learning rate η, above 0.</summary>
    double LearningRate { get; }

    /// <summary>
    /// λ, the strength of the L2 penalty: λ·θ is added to the gradient before <see cref="Update"/>. 0, that is none,
    /// unless overridden.
    /// </summary>
    double L2Penalty => 0;

    /// <summary>
    /// λ, the strength of the decoupled weight decay: η·λ·θ is subtracted from the values before <see cref="Update"/>,
    /// with η the learning rate of the step. 0, that is none, unless overridden.
    /// </summary>
    double WeightDecay => 0;

    /// <summary>Number of values that the rule remembers per element of a parameter, such as 2 for Adam.</summary>
    int SlotCount { get; }

    /// <summary>
    /// Whether <see cref="Update"/> leaves an element whose gradient is 0, and its slots, as they are, to the bit. It
    /// need not be looked at then, unless there is a penalty or decay: steps over the vectors of an embedding are as
    /// fast as the batch is small, however many there are. False unless overridden.
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
