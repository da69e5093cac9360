using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the cross-entropy between a probability t and the sigmoid of the output z, which
/// is a logit: ℓ = −p t log σ(z) − (1 − t) log(1 − σ(z)), ℓ' = (1 − t) σ(z) − p t σ(−z), with a weight p of positive
/// answers, one for all outputs or one for each; for p = 1, ℓ' = σ(z) − t. For one or more independent yes-or-no
/// questions.
/// </summary>
/// <remarks>
/// <para>Give the last layer no activation. As PyTorch's <c>BCEWithLogitsLoss</c>, whose <c>pos_weight</c> is p, and
/// Keras's <c>BinaryCrossentropy(from_logits=True)</c>. Computed as (1 − t)(max(z, 0) + λ) + p t (max(−z, 0) + λ) with
/// λ = log(1 + exp(−|z|)): it overflows for no z and, for t from 0 to 1, loses no digits; nor does its derivative at t
/// = 0 and 1.</para>
/// <para>Label smoothing s puts (1 − s) t + s/2 in place of t, as in Keras.</para>
/// </remarks>
public sealed class SigmoidCrossEntropy : ElementwiseLoss
{
    private readonly WeightList? _weights;

    /// <summary>Makes the loss.</summary>
    /// <param name="positiveWeight">
    /// p, the weight of a positive answer relative to a negative one: above 1 if positives are rare and must not be
    /// missed.
    /// </param>
    /// <param name="labelSmoothing">s, the share of each target that is spread evenly over yes and no.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// p is not a finite number above 0; or the smoothing is negative, 1 or more, or NaN.
    /// </exception>
    public SigmoidCrossEntropy(double positiveWeight = 1, double labelSmoothing = 0)
    {
        PositiveWeight = Require.Positive(positiveWeight);
        LabelSmoothing = Require.Fraction(labelSmoothing);
    }

    /// <summary>Makes the loss with a weight of positive answers for each output.</summary>
    /// <param name="positiveWeights">p of each output; copied.</param>
    /// <param name="labelSmoothing">s, the share of each target that is spread evenly over yes and no.</param>
    /// <exception cref="ArgumentException">The list of weights is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// A weight is negative or not finite; or the smoothing is negative, 1 or more, or NaN.
    /// </exception>
    public SigmoidCrossEntropy(IReadOnlyList<double> positiveWeights, double labelSmoothing = 0)
        : this(1, labelSmoothing)
    {
        ArgumentNullException.ThrowIfNull(positiveWeights);
        _weights = WeightList.From(positiveWeights, "positive weight");
    }

    /// <summary>
    /// p, the weight of a positive answer relative to a negative one; 1 if each output has its own.
    /// </summary>
    public double PositiveWeight { get; }

    /// <summary>p of each output; null if it is one for all.</summary>
    public IReadOnlyList<double>? PositiveWeights => _weights?.Values;

    /// <summary>s, the share of each target that is spread evenly over yes and no.</summary>
    public double LabelSmoothing { get; }

    /// <inheritdoc/>
    public override string Name => "sigmoid cross-entropy";

    /// <inheritdoc/>
    public override LossInput Input => LossInput.Logits;

    /// <inheritdoc/>
    public override OutputMeaning? Meaning => OutputMeaning.Labels;

    /// <inheritdoc/>
    protected override void Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives) =>
        LossLoop.Run(outputs, targets, values, derivatives, new Formula<T>(PositiveWeight, LabelSmoothing));

    private protected override void Evaluate<T>(
        int row,
        int rows,
        ReadOnlySpan<T> outputs,
        ReadOnlySpan<T> targets,
        Span<T> values,
        Span<T> derivatives)
    {
        if (_weights is null)
        {
            Evaluate(outputs, targets, values, derivatives);
        }
        else
        {
            LossLoop.Run(
                outputs,
                targets,
                _weights.For<T>(this, rows),
                row,
                values,
                derivatives,
                new Formula<T>(PositiveWeight, LabelSmoothing));
        }
    }

    private readonly struct Formula<T>(double positiveWeight, double smoothing)
        : ILossFormula<T>, IWeightedLossFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _positiveWeight = VectorMath.Constant<T>(positiveWeight);
        private readonly Vector<T> _kept = VectorMath.Constant<T>(1 - smoothing);
        private readonly Vector<T> _spread = VectorMath.Constant<T>(smoothing / 2);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> output, Vector<T> target, out Vector<T> derivative) =>
            Invoke(output, target, _positiveWeight, out derivative);

        // σ(|z|) = 1/(1 + e^−|z|) and its complement σ(−|z|), computed without a subtraction.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(
            Vector<T> output, Vector<T> target, Vector<T> weight, out Vector<T> derivative)
        {
            Vector<T> decay = VectorMath.Exp(-Vector.Abs(output));
            Vector<T> lambda = VectorMath.Log1p(decay);
            Vector<T> large = Vector<T>.One / (Vector<T>.One + decay);
            Vector<T> small = decay * large;
            Vector<T> isPositive = Vector.GreaterThan(output, Vector<T>.Zero);
            Vector<T> sigmoid = Vector.ConditionalSelect(isPositive, large, small);
            Vector<T> complement = Vector.ConditionalSelect(isPositive, small, large);

            Vector<T> smoothed = (_kept * target) + _spread;
            Vector<T> yes = weight * smoothed;
            Vector<T> no = Vector<T>.One - smoothed;
            derivative = (no * sigmoid) - (yes * complement);
            return (no * (Vector.Max(output, Vector<T>.Zero) + lambda))
                + (yes * (Vector.Max(-output, Vector<T>.Zero) + lambda));
        }
    }
}
