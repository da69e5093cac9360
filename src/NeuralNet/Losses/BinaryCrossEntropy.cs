using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Decisions;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the cross-entropy between a probability t and the output o, also a probability: ℓ
/// = −t log o − (1 − t) log(1 − o), ℓ' = (o − t) / (o(1 − o)). For one or more independent yes-or-no questions.
/// </summary>
/// <remarks>
/// <para>The last layer ends in <c>Sigmoid</c>. To train, prefer no activation and <see cref="SigmoidCrossEntropy"/>:
/// it is the same mathematics, faster, and exact where this one must be clamped.</para>
/// <para>Label smoothing s puts (1 − s) t + s/2 in place of t, as in Keras.</para>
/// <para>As in PyTorch's <c>BCELoss</c>, logarithms are at least −100 and the denominator of ℓ' is at least 10⁻¹², so
/// that outputs of exactly 0 and 1 give finite numbers (Keras clamps o to [10⁻⁷, 1 − 10⁻⁷]). An output outside [0, 1]
/// gives NaN.</para>
/// </remarks>
public sealed class BinaryCrossEntropy : ElementwiseLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="labelSmoothing">s, the share of each target that is spread evenly over yes and no.</param>
    /// <exception cref="ArgumentOutOfRangeException">The smoothing is negative, 1 or more, or NaN.</exception>
    public BinaryCrossEntropy(double labelSmoothing = 0)
    {
        LabelSmoothing = Require.Fraction(labelSmoothing);
    }

    /// <summary>s, the share of each target that is spread evenly over yes and no.</summary>
    public double LabelSmoothing { get; }

    /// <inheritdoc/>
    public override string Name => "binary cross-entropy";

    /// <inheritdoc/>
    public override LossInput Input => LossInput.Probabilities;

    /// <inheritdoc/>
    public override OutputMeaning? Meaning => OutputMeaning.Labels;

    /// <inheritdoc/>
    protected override void Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives) =>
        LossLoop.Run(outputs, targets, values, derivatives, new Formula<T>(LabelSmoothing));

    private readonly struct Formula<T>(double smoothing) : ILossFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _kept = VectorMath.Constant<T>(1 - smoothing);
        private readonly Vector<T> _spread = VectorMath.Constant<T>(smoothing / 2);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> output, Vector<T> target, out Vector<T> derivative)
        {
            Vector<T> leastLog = new(T.CreateChecked(-100));
            Vector<T> leastDenominator = new(T.CreateChecked(1e-12));
            Vector<T> logYes = Vector.Max(VectorMath.Log(output), leastLog);
            Vector<T> logNo = Vector.Max(LossMath.LogOnePlus(-output), leastLog);
            Vector<T> smoothed = (_kept * target) + _spread;
            derivative = (output - smoothed) / Vector.Max(output * (Vector<T>.One - output), leastDenominator);
            return -(smoothed * logYes) - ((Vector<T>.One - smoothed) * logNo);
        }
    }
}
