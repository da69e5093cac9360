using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Losses;

/// <summary>
/// Mean over a sample's m outputs of the logarithm of the hyperbolic cosine of the error r = o − t: ℓ = log cosh r, ℓ'
/// = tanh r. Close to ½r² if the error is small and to |r| − log 2 if it is large, without a kink in between.
/// </summary>
/// <remarks>
/// As Keras's <c>LogCosh</c>; PyTorch has no such loss. For |r| ≥ 1 it is |r| + log(1 + exp(−2|r|)) − log 2, which
/// overflows for no r. Below 1, that would cancel, so s = sinh r, from its power series, gives ℓ = ½ log(1 + s²) and ℓ'
/// = s/√(1 + s²), exact however small r is.
/// </remarks>
public sealed class LogCosh : ElementwiseLoss
{
    /// <inheritdoc/>
    public override string Name => "log-cosh loss";

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
            Vector<T> error = output - target;
            Vector<T> size = Vector.Abs(error);

            Vector<T> sinh = Sinh(error);
            Vector<T> square = sinh * sinh;
            Vector<T> nearValue = Of(0.5) * LossMath.LogOnePlus(square);
            Vector<T> nearSlope = sinh / Vector.SquareRoot(Vector<T>.One + square);

            Vector<T> decay = VectorMath.Exp(-(size + size));
            Vector<T> farValue = (size - Of(Math.Log(2))) + VectorMath.Log1p(decay);
            Vector<T> farSlope = (Vector<T>.One - decay) / (Vector<T>.One + decay);

            Vector<T> isNear = Vector.LessThan(size, Vector<T>.One);
            derivative = Vector.ConditionalSelect(isNear, nearSlope, Vector.CopySign(farSlope, error));
            return Vector.ConditionalSelect(isNear, nearValue, farValue);
        }

        // sinh r = r(1 + r²/(2·3)(1 + r²/(4·5)(1 + …))). For |r| < 1, the first omitted term is below 10⁻¹⁷ of the sum.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector<T> Sinh(Vector<T> r)
        {
            Vector<T> square = r * r;
            Vector<T> sum = Vector<T>.One;
            for (int n = 16; n >= 2; n -= 2)
            {
                sum = Vector<T>.One + (square * Of(1.0 / (n * (n + 1))) * sum);
            }

            return r * sum;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector<T> Of(double value) => new(T.CreateChecked(value));
    }
}
