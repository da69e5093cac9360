using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of what they lack to a margin of 1 on the target's side: ℓ = max(0, 1 − t o), ℓ' = −t
/// where 1 − t o is above 0, else 0. The loss of the support vector machine.
/// </summary>
/// <remarks>
/// Targets are −1 and 1. They are not checked: a target of 0 costs 1 whatever the output is, so turn labels of 0 and 1
/// into −1 and 1 first. As Keras's <c>Hinge</c>, which does that itself if a batch has only zeros and ones. PyTorch has
/// no hinge loss for two classes. At the kink the derivative is taken as 0.
/// </remarks>
public sealed class Hinge : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "hinge loss";

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
            derivative = Vector.ConditionalSelect(Vector.Equals(missing, Vector<T>.Zero), Vector<T>.Zero, -target);
            return missing;
        }
    }
}
