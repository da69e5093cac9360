using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the absolute error relative to the target: ℓ = |o − t| / max(|t|, ε), ℓ' = sign(o
/// − t) / max(|t|, ε). A loss of 0.1 is an error of 10 %.
/// </summary>
/// <remarks>
/// As Keras's <c>MeanAbsolutePercentageError</c>, but a share, not percent, as the metric
/// <c>MeanAbsolutePercentageError</c> is; PyTorch has none. Targets must keep away from 0, of which gradients of 1/ε
/// come, and in their own unit: a target that was scaled to the mean 0 has no percentage. At the kink o = t the
/// derivative is taken as 0.
/// </remarks>
public sealed class MeanAbsolutePercentageLoss : ElementwiseLoss
{
    /// <summary>Makes the loss.</summary>
    /// <param name="epsilon">ε, for which a target nearer to 0 is taken.</param>
    /// <exception cref="ArgumentOutOfRangeException">ε is not a finite number above 0.</exception>
    public MeanAbsolutePercentageLoss(double epsilon = 1e-7)
    {
        Epsilon = Require.Positive(epsilon);
    }

    /// <summary>ε, for which a target nearer to 0 is taken.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override string Name => "mean absolute percentage error";

    /// <inheritdoc/>
    protected override void Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives) =>
        LossLoop.Run(outputs, targets, values, derivatives, new Formula<T>(T.CreateChecked(Epsilon)));

    private readonly struct Formula<T>(T epsilon) : ILossFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Vector<T> _epsilon = new(epsilon);

        // The sign of 0 is 0 and that of NaN is NaN.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> output, Vector<T> target, out Vector<T> derivative)
        {
            Vector<T> error = output - target;
            Vector<T> size = Vector.Max(Vector.Abs(target), _epsilon);
            Vector<T> sign = Vector.ConditionalSelect(Vector.LessThan(error, Vector<T>.Zero), -Vector<T>.One, error);
            sign = Vector.ConditionalSelect(Vector.GreaterThan(error, Vector<T>.Zero), Vector<T>.One, sign);
            derivative = sign / size;
            return Vector.Abs(error) / size;
        }
    }
}
