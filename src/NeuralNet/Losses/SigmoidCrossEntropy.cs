using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the cross-entropy between a probability t and the sigmoid of the output z, which
/// is a logit: ℓ = −p t log σ(z) − (1 − t) log(1 − σ(z)), ℓ' = (1 − t) σ(z) − p t σ(−z), with a weight p of positive
/// answers; for p = 1, ℓ' = σ(z) − t. For one or more independent yes-or-no questions.
/// </summary>
/// <remarks>
/// Give the last layer no activation. As PyTorch's <c>BCEWithLogitsLoss</c>, whose <c>pos_weight</c> is p, here one for
/// all outputs; Keras's <c>BinaryCrossentropy(from_logits=True)</c>. Computed as (1 − t)(max(z, 0) + λ) + p t (max(−z,
/// 0) + λ) with λ = log(1 + exp(−|z|)): it overflows for no z and, for t from 0 to 1, loses no digits; nor does its
/// derivative at t = 0 and 1.
/// </remarks>
public sealed class SigmoidCrossEntropy : ElementwiseLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="positiveWeight">
    /// p, the weight of a positive answer relative to a negative one: above 1 if positives are rare and must not be
    /// missed.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">p is not a finite number above 0.</exception>
    public SigmoidCrossEntropy(double positiveWeight = 1)
    {
        PositiveWeight = Require.Positive(positiveWeight);
    }

    /// <summary>p, the weight of a positive answer relative to a negative one.</summary>
    public double PositiveWeight { get; }

    /// <inheritdoc/>
    public override string Name => "sigmoid cross-entropy";

    /// <inheritdoc/>
    public override LossInput Input => LossInput.Logits;

    /// <inheritdoc/>
    public override OutputMeaning? Meaning => OutputMeaning.Labels;

    /// <inheritdoc/>
    protected override void Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives) =>
        LossLoop.Run(outputs, targets, values, derivatives, new Formula<T>(T.CreateChecked(PositiveWeight)));

    private readonly struct Formula<T>(T positiveWeight) : ILossFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _positiveWeight = new(positiveWeight);

        // σ(|z|) = 1/(1 + e^−|z|) and its complement σ(−|z|), computed without a subtraction.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> output, Vector<T> target, out Vector<T> derivative)
        {
            Vector<T> decay = VectorMath.Exp(-Vector.Abs(output));
            Vector<T> lambda = VectorMath.Log1p(decay);
            Vector<T> large = Vector<T>.One / (Vector<T>.One + decay);
            Vector<T> small = decay * large;
            Vector<T> isPositive = Vector.GreaterThan(output, Vector<T>.Zero);
            Vector<T> sigmoid = Vector.ConditionalSelect(isPositive, large, small);
            Vector<T> complement = Vector.ConditionalSelect(isPositive, small, large);

            Vector<T> yes = _positiveWeight * target;
            Vector<T> no = Vector<T>.One - target;
            derivative = (no * sigmoid) - (yes * complement);
            return (no * (Vector.Max(output, Vector<T>.Zero) + lambda))
                + (yes * (Vector.Max(-output, Vector<T>.Zero) + lambda));
        }
    }
}
