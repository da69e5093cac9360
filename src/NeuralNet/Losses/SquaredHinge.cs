using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the square of what they lack to a margin of 1 on the target's side: ℓ = max(0, 1 −
/// t o)², ℓ' = −2t max(0, 1 − t o). <see cref="Hinge"/> without its kink.
/// </summary>
/// <remarks>
/// Targets are −1 and 1. They are not checked: a target of 0 costs 1 whatever the output is. As Keras's
/// <c>SquaredHinge</c>, which turns labels of 0 and 1 into −1 and 1 itself. PyTorch has no such loss for two classes.
/// </remarks>
public sealed class SquaredHinge : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "squared hinge loss";

    /// <inheritdoc/>
    public override LossInput Input => LossInput.Margins;

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
            derivative = -(target + target) * missing;
            return missing * missing;
        }
    }
}
