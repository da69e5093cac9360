using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Decisions;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the cross-entropy between a probability t and the output o, also a probability: ℓ
/// = −t log o − (1 − t) log(1 − o), ℓ' = (o − t) / (o(1 − o)). For one or more independent yes-or-no questions.
/// </summary>
/// <remarks>
/// <para>The last layer ends in <c>Sigmoid</c>. To train, prefer no activation and <see cref="SigmoidCrossEntropy"/>:
/// it is the same mathematics, faster, and exact where this one must be clamped.</para>
/// <para>As in PyTorch's <c>BCELoss</c>, logarithms are at least −100 and the denominator of ℓ' is at least 10⁻¹², so
/// that outputs of exactly 0 and 1 give finite numbers (Keras clamps o to [10⁻⁷, 1 − 10⁻⁷]). An output outside [0, 1]
/// gives NaN.</para>
/// </remarks>
public sealed class BinaryCrossEntropy : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "binary cross-entropy";

    /// <inheritdoc/>
    public override LossInput Input => LossInput.Probabilities;

    /// <inheritdoc/>
    public override OutputMeaning? Meaning => OutputMeaning.Labels;

    /// <inheritdoc/>
    protected override void Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives) =>
        LossLoop.Run(outputs, targets, values, derivatives, default(Formula<T>));

    private readonly struct Formula<T> : ILossFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> output, Vector<T> target, out Vector<T> derivative)
        {
            Vector<T> leastLog = new(T.CreateChecked(-100));
            Vector<T> leastDenominator = new(T.CreateChecked(1e-12));
            Vector<T> logYes = Vector.Max(LossMath.Log(output), leastLog);
            Vector<T> logNo = Vector.Max(LossMath.LogOnePlus(-output), leastLog);
            derivative = (output - target) / Vector.Max(output * (Vector<T>.One - output), leastDenominator);
            return -(target * logYes) - ((Vector<T>.One - target) * logNo);
        }
    }
}
