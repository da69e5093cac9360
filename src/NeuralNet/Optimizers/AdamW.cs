using NeuralNet.Guards;

namespace NeuralNet.Optimizers;

/// <summary>
/// Adam with decoupled weight decay: θ ← θ − η·λ·θ, then m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²,
/// m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ), θ ← θ − η·m̂ / (√v̂ + ε). AMSGrad divides by the largest v so far.
/// </summary>
/// <remarks>
/// Loshchilov and Hutter, "Decoupled weight decay regularization" (2019), algorithm 2. The decay is not part of the
/// gradient, so it shrinks all weights alike, whatever their gradients, and it is proportional to the learning rate.
/// Defaults are PyTorch's; Keras takes λ = 0.004 and ε = 10⁻⁷, and leaves ε out of the bias correction, as in its
/// <see cref="Adam"/>. The same steps as those of <see cref="Adam"/> with its weight decay, which is 0 unless set.
/// </remarks>
public sealed class AdamW : AdamFamily
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, above 0.</param>
    /// <param name="beta1">β₁, at least 0 and below 1: how slowly the mean gradient changes.</param>
    /// <param name="beta2">β₂, at least 0 and below 1: how slowly the mean squared gradient changes.</param>
    /// <param name="epsilon">ε, above 0: keeps the divisor away from 0.</param>
    /// <param name="amsGrad">True to divide by the largest v so far (AMSGrad).</param>
    /// <param name="weightDecay">
    /// λ, at least 0: subtracts η·λ·θ from each value. PyTorch's <c>weight_decay</c> of this optimizer.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public AdamW(
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        bool amsGrad = false,
        double weightDecay = 0.01)
        : base(learningRate, beta1, beta2, epsilon, l2Penalty: 0, weightDecay)
    {
        AmsGrad = amsGrad;
    }

    /// <summary>True to divide by the largest v so far (AMSGrad).</summary>
    public bool AmsGrad { get; }

    /// <summary>2 for the moments m and v; with AMSGrad 3, the third for the largest v.</summary>
    public override int SlotCount => AmsGrad ? 3 : 2;

    /// <summary>The name and the settings, as readable text; one that is 0 or off is left out.</summary>
    /// <returns>For example <c>AdamW: learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1E-08, weight decay 0.01</c>.</returns>
    public override string ToString() => SettingsText.Of(
        this,
        ("learning rate", LearningRate),
        ("β₁", Beta1),
        ("β₂", Beta2),
        ("ε", Epsilon),
        ("AMSGrad", AmsGrad),
        ("weight decay", WeightDecay));

    /// <inheritdoc/>
    public override void Update<T>(
        Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step) =>
        UpdateAsAdam(values, gradient, slots, step, AmsGrad);
}
