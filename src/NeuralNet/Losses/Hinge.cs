using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of what is missing from a margin of 1 on the target's side: ℓ = max(0, 1 − t o),
/// ℓ' = −t where 1 − t o is above 0, else 0. The loss of the support vector machine.
/// </summary>
/// <remarks>
/// Targets are −1 and 1; no target is looked at, and one of 0 costs 1 whatever the output is, so labels of 0 and 1 must
/// be turned into −1 and 1 first. As Keras's <c>Hinge</c>, which does that by itself where a batch holds zeros and ones
/// only. PyTorch has none for two classes. At the kink the derivative is taken as 0.
/// </remarks>
public sealed class Hinge : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "hinge loss";

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
            Vector<T> missing = Vector.Max(Vector<T>.One - (target * output), Vector<T>.Zero);
            derivative = Vector.ConditionalSelect(Vector.Equals(missing, Vector<T>.Zero), Vector<T>.Zero, -target);
            return missing;
        }
    }
}
