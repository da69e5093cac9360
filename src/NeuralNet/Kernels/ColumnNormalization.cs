using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// The computations of layer normalization over a column, in double: sums of deviations from the first
/// element, so that a large offset costs no digits and a constant column gives exactly 0.
/// </summary>
internal static class ColumnNormalization
{
    /// <summary>
    /// Computes x̂ = (x − μ)/√(σ² + ε) with the column's mean μ and its variance σ²; the destination may be x.
    /// </summary>
    /// <returns>
    /// 1/√(σ² + ε); NaN, as the x̂, which training reports, if no double holds the variance.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe double Normalize<T>(ReadOnlySpan<T> x, Span<T> normalized, double epsilon)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* source = x, target = normalized)
        {
            int length = x.Length;
            int whole = length - (length % ManyDoubles.Count);
            double origin = double.CreateTruncating(x[0]);
            ManyDoubles origins = ManyDoubles.Broadcast(origin);
            ManyDoubles sums = default;
            for (int i = 0; i < whole; i += ManyDoubles.Count)
            {
                sums += ManyDoubles.Load(source + i) - origins;
            }

            double sum = ManyDoubles.Sum(sums);
            for (int i = whole; i < length; i++)
            {
                sum += double.CreateTruncating(source[i]) - origin;
            }

            double shift = sum / length;
            ManyDoubles shifts = ManyDoubles.Broadcast(shift);
            ManyDoubles squares = default;
            for (int i = 0; i < whole; i += ManyDoubles.Count)
            {
                ManyDoubles deviation = ManyDoubles.Load(source + i) - origins - shifts;
                squares += deviation * deviation;
            }

            double square = ManyDoubles.Sum(squares);
            for (int i = whole; i < length; i++)
            {
                double deviation = double.CreateTruncating(source[i]) - origin - shift;
                square += deviation * deviation;
            }

            double variance = square / length;
            double inverse = double.IsFinite(variance) ? 1 / Math.Sqrt(variance + epsilon) : double.NaN;
            ManyDoubles inverses = ManyDoubles.Broadcast(inverse);
            for (int i = 0; i < whole; i += ManyDoubles.Count)
            {
                ManyDoubles.Store(target + i, (ManyDoubles.Load(source + i) - origins - shifts) * inverses);
            }

            for (int i = whole; i < length; i++)
            {
                target[i] = T.CreateTruncating((double.CreateTruncating(source[i]) - origin - shift) * inverse);
            }

            return inverse;
        }
    }

    /// <summary>Computes Σ h and Σ h·x̂.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe (double Sum, double ProductSum) Sum<T>(ReadOnlySpan<T> gradient, ReadOnlySpan<T> normalized)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        fixed (T* h = gradient, x = normalized)
        {
            int i = 0;
            ManyDoubles sums = default;
            ManyDoubles products = default;
            for (; i <= gradient.Length - ManyDoubles.Count; i += ManyDoubles.Count)
            {
                ManyDoubles value = ManyDoubles.Load(h + i);
                sums += value;
                products += value * ManyDoubles.Load(x + i);
            }

            double sum = ManyDoubles.Sum(sums);
            double product = ManyDoubles.Sum(products);
            for (; i < gradient.Length; i++)
            {
                double value = double.CreateTruncating(h[i]);
                sum += value;
                product += value * double.CreateTruncating(x[i]);
            }

            return (sum, product);
        }
    }
}
