using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the squared difference of logarithms: with r = log(1 + o) − log(1 + t), ℓ = r² and
/// ℓ' = 2r / (1 + o). For targets of at least 0 over several orders of magnitude, where the ratio matters, not the
/// difference.
/// </summary>
/// <remarks>
/// As Keras's <c>MeanSquaredLogarithmicError</c>, which takes a number below 10⁻⁷ for 10⁻⁷; PyTorch has none. Here an
/// output or a target below −1, which has no logarithm, gives NaN. End the network in an activation that gives at least
/// 0, such as <c>Softplus</c>.
/// </remarks>
public sealed class MeanSquaredLogarithmicError : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "mean squared logarithmic error";

    /// <inheritdoc/>
    protected override void Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives) =>
        LossLoop.Run(outputs, targets, values, derivatives, default(Formula<T>));

    private readonly struct Formula<T> : ILossFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // log((1 + o) / (1 + t)) as log(1 + (o − t) / (1 + t)), which keeps all digits where o is near t. Of two
        // numbers below −1 the quotient would look like a right one.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> output, Vector<T> target, out Vector<T> derivative)
        {
            Vector<T> onePlus = Vector<T>.One + target;
            Vector<T> ratio = Vector.ConditionalSelect(
                Vector.LessThan(onePlus, Vector<T>.Zero), new(T.NaN), (output - target) / onePlus);
            Vector<T> r = LossMath.LogOnePlus(ratio);
            derivative = (r + r) / (Vector<T>.One + output);
            return r * r;
        }
    }
}
