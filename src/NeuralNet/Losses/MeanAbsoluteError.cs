using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the absolute error: L = (1/m) Σᵢ |oᵢ − tᵢ|, ∂L/∂oᵢ = (1/m) sign(oᵢ − tᵢ). Outliers
/// count less than in <see cref="MeanSquaredError"/>; the best constant output is the median.
/// </summary>
/// <remarks>At the kink oᵢ = tᵢ the derivative is taken as 0, as in PyTorch's <c>l1_loss</c>.</remarks>
public sealed class MeanAbsoluteError : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "mean absolute error";

    /// <inheritdoc/>
    protected override void Evaluate<T>(
        ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> values, Span<T> derivatives) =>
        LossLoop.Run(outputs, targets, values, derivatives, default(Formula<T>));

    private readonly struct Formula<T> : ILossFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The sign of 0 is 0 and that of NaN is NaN.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector<T> Invoke(Vector<T> output, Vector<T> target, out Vector<T> derivative)
        {
            Vector<T> error = output - target;
            Vector<T> sign = Vector.ConditionalSelect(Vector.LessThan(error, Vector<T>.Zero), -Vector<T>.One, error);
            derivative = Vector.ConditionalSelect(Vector.GreaterThan(error, Vector<T>.Zero), Vector<T>.One, sign);
            return Vector.Abs(error);
        }
    }
}
