using NeuralNet.Guards;

namespace NeuralNet.Optimizers;

/// <summary>
/// Adam: m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g², m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ),
/// θ ← θ − η·m̂ / (√v̂ + ε). AMSGrad divides by the largest v so far: v̂ = max v / (1 − β₂ᵗ).
/// </summary>
/// <remarks>
/// Kingma and Ba, "Adam: a method for stochastic optimization" (2015), algorithm 1; Reddi, Kale and Kumar, "On the
/// convergence of Adam and beyond" (2018). Defaults are the paper's and PyTorch's. Keras takes ε = 10⁻⁷ and leaves it
/// out of the bias correction, as the paper's faster form does: θ ← θ − η·m̂·√(1 − β₂ᵗ) / (√v + ε), as if ε were
/// divided by √(1 − β₂ᵗ), which is 0.03 in the first step. The L2 penalty is part of the gradient, so the division
/// makes it weak for weights with large gradients; the weight decay is not weakened, and with it the rule is
/// <see cref="AdamW"/>. The squares are in T: in float a gradient above 1.8·10¹⁹ makes v infinite, and its parameter
/// stays where it is; clip gradients that can be so large.
/// </remarks>
public sealed class Adam : AdamFamily
{
    /// <summary>Makes the optimizer.</summary>
    /// <param name="learningRate">η, above 0.</param>
    /// <param name="beta1">β₁, at least 0 and below 1: how slowly the mean gradient changes.</param>
    /// <param name="beta2">β₂, at least 0 and below 1: how slowly the mean squared gradient changes.</param>
    /// <param name="epsilon">ε, above 0: keeps the divisor away from 0.</param>
    /// <param name="amsGrad">True to divide by the largest v so far (AMSGrad).</param>
    /// <param name="l2Penalty">
    /// λ, at least 0: adds λ·θ to the gradient. PyTorch's <c>weight_decay</c> of this optimizer.
    /// </param>
    /// <param name="weightDecay">λ, at least 0, of decoupled weight decay: subtracts η·λ·θ from each value.</param>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    public Adam(
        double learningRate = 1e-3,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-8,
        bool amsGrad = false,
        double l2Penalty = 0,
        double weightDecay = 0)
        : base(learningRate, beta1, beta2, epsilon, l2Penalty, weightDecay)
    {
        AmsGrad = amsGrad;
    }

    /// <summary>True to divide by the largest v so far (AMSGrad).</summary>
    public bool AmsGrad { get; }

    /// <inheritdoc cref="IOptimizer.L2Penalty"/>
    public double L2Penalty => Penalty;

    /// <summary>2 for the moments m and v; with AMSGrad 3, the third for the largest v.</summary>
    public override int SlotCount => AmsGrad ? 3 : 2;

    /// <summary>The name and the settings, as readable text; one that is 0 or off is left out.</summary>
    /// <returns>For example <c>Adam: learning rate 0.001, β₁ 0.9, β₂ 0.999, ε 1E-08</c>.</returns>
    public override string ToString() => SettingsText.Of(
        this,
        ("learning rate", LearningRate),
        ("β₁", Beta1),
        ("β₂", Beta2),
        ("ε", Epsilon),
        ("AMSGrad", AmsGrad),
        ("L2 penalty", L2Penalty));

    /// <inheritdoc/>
    public override void Update<T>(
        Span<T> values, ReadOnlySpan<T> gradient, OptimizerSlots<T> slots, UpdateStep step) =>
        UpdateAsAdam(values, gradient, slots, step, AmsGrad);
}
