using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the focal loss between a probability t and the sigmoid of the output z, a logit:
/// the cross-entropy c = −t log σ(z) − (1 − t) log(1 − σ(z)) times a factor that is small where the answer is right
/// already, ℓ = a q^γ c, with q = (1 − t) σ(z) + t σ(−z), the probability of the wrong answer, and a = α t + (1 − α)(1
/// − t); ℓ' = a (γ q^(γ−1) (1 − 2t) σ(z) σ(−z) c + q^γ (σ(z) − t)). For rare positives among many easy negatives.
/// </summary>
/// <remarks>
/// Lin et al., "Focal loss for dense object detection" (2017). As torchvision's <c>sigmoid_focal_loss</c>, with its
/// defaults; Keras's <c>BinaryFocalCrossentropy(from_logits=True, apply_class_balancing=True)</c>. Give the last layer
/// no activation. For γ = 0 without α it is <see cref="SigmoidCrossEntropy"/>. It overflows for no z.
/// </remarks>
public sealed class SigmoidFocalLoss : ElementwiseLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="gamma">γ, at least 0: how much less than hard answers the easy ones count.</param>
    /// <param name="alpha">α, the weight of positive answers; that of negative ones is 1 − α. Both 1 if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">γ is negative or not finite, or α is not from 0 to 1.</exception>
    public SigmoidFocalLoss(double gamma = 2, double? alpha = 0.25)
    {
        Gamma = Require.NotNegative(gamma);
        Alpha = alpha is { } weight ? Require.Probability(weight, nameof(alpha)) : null;
    }

    /// <summary>γ, how much less than hard answers the easy ones count.</summary>
    public double Gamma { get; }

    /// <summary>α, the weight of positive answers; null if all weights are 1.</summary>
    public double? Alpha { get; }

    /// <inheritdoc/>
    public override string Name => "sigmoid focal loss";

    /// <inheritdoc/>
    public override LossInput Input => LossInput.Logits;

    /// <inheritdoc/>
    public override OutputMeaning? Meaning => OutputMeaning.Labels;

    /// <inheritdoc/>
    protected override void Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives) =>
        LossLoop.Run(outputs, targets, values, derivatives, new Formula<T>(Gamma, Alpha ?? 1, 1 - Alpha ?? 1));

    private readonly struct Formula<T>(double gamma, double yes, double no) : ILossFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _gamma = VectorMath.Constant<T>(gamma);
        private readonly Vector<T> _yes = VectorMath.Constant<T>(yes);
        private readonly Vector<T> _no = VectorMath.Constant<T>(no);
        private readonly bool _isSquare = gamma == 2;

        // Divided by the larger of σ(z) and σ(−z), the smaller is e^−|z|. As u it is kept above 0, so that the quotient
        // below is never 0/0.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> output, Vector<T> target, out Vector<T> derivative)
        {
            Vector<T> decay = VectorMath.Exp(-Vector.Abs(output));
            Vector<T> lambda = VectorMath.Log1p(decay);
            Vector<T> u = VectorMath.AtLeast(decay, typeof(T) == typeof(float) ? 1e-37 : 1e-300);
            Vector<T> larger = Vector<T>.One / (Vector<T>.One + u);
            Vector<T> isPositive = Vector.GreaterThan(output, Vector<T>.Zero);
            Vector<T> ofZ = Vector.ConditionalSelect(isPositive, Vector<T>.One, u);
            Vector<T> ofMinusZ = Vector.ConditionalSelect(isPositive, u, Vector<T>.One);

            Vector<T> no = Vector<T>.One - target;
            Vector<T> wrong = (no * ofZ) + (target * ofMinusZ);
            Vector<T> q = larger * wrong;
            Vector<T> power = _isSquare ? q * q : Power(q);
            Vector<T> crossEntropy = (no * (Vector.Max(output, Vector<T>.Zero) + lambda))
                + (target * (Vector.Max(-output, Vector<T>.Zero) + lambda));

            // γ q^(γ−1) q' as q^γ (γ q'/q).
            Vector<T> growth = (no - target) * larger * u / wrong;
            Vector<T> scale = ((_yes * target) + (_no * no)) * power;
            Vector<T> slope = larger * Vector.ConditionalSelect(
                isPositive, no - (target * decay), (no * decay) - target);
            derivative = scale * ((_gamma * growth * crossEntropy) + slope);
            return scale * crossEntropy;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector<T> Power(Vector<T> q) => VectorMath.ExpOfAny(_gamma * VectorMath.Log(q));
    }
}
