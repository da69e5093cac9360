using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using NeuralNet.Kernels;

namespace NeuralNet.Optimizers;

/// <summary>
/// The Euclidean norm of several gradients together, ‖g‖ = √Σ g², computed in double whatever their type and in an
/// order that depends on nothing but their lengths.
/// </summary>
/// <remarks>
/// The squares of float values neither overflow nor underflow in double. Those of double values may; where the sum
/// shows that they did, ‖g‖ = a·√Σ (g / a)² with the largest magnitude a.
/// </remarks>
internal readonly struct GradientNorm
{
    // Below this, squares that matter to the sum may have underflowed; above it, those that did are too small to
    // matter.
    private const double SmallestSafeSum = 1e-280;

    private readonly double _scale;
    private readonly double _root;

    private GradientNorm(double scale, double root)
    {
        _scale = scale;
        _root = root;
    }

    /// <summary>‖g‖; infinity if it is beyond the largest number.</summary>
    public double Value => _scale * _root;

    /// <summary>Limits the norm: g ← g·min(1, limit / ‖g‖). Where ‖g‖ is within the limit, no bit changes.</summary>
    public static void Limit<T>(GradientSet<T> gradients, double limit)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        GradientNorm norm = Of(gradients);
        if (norm.Value > limit)
        {
            norm.ShrinkTo(limit, gradients);
        }
    }

    /// <summary>The norm of all gradients together.</summary>
    public static GradientNorm Of<T>(GradientSet<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < gradients.Count; i++)
        {
            sum += SumOfSquares<T>(gradients[i]);
        }

        if (sum > SmallestSafeSum && double.IsFinite(sum))
        {
            return new(1, Math.Sqrt(sum));
        }

        double largest = 0;
        for (int i = 0; i < gradients.Count; i++)
        {
            if (!gradients[i].IsEmpty)
            {
                double magnitude = double.CreateChecked(TensorPrimitives.MaxMagnitude<T>(gradients[i]));
                largest = Math.Max(largest, Math.Abs(magnitude));
            }
        }

        sum = 0;
        for (int i = 0; i < gradients.Count && largest > 0; i++)
        {
            foreach (T gradient in gradients[i])
            {
                double share = double.CreateChecked(gradient) / largest;
                sum += share * share;
            }
        }

        return new(largest, Math.Sqrt(sum));
    }

    // Multiplies the gradients that this is the norm of by limit / ‖g‖.
    private void ShrinkTo<T>(double limit, GradientSet<T> gradients)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // A factor that T cannot represent well is applied in double, split into factors that double can represent.
        double factor = limit / _scale / _root;
        bool isExact = factor > (typeof(T) == typeof(float) ? 1e-37 : 1e-300);
        for (int i = 0; i < gradients.Count; i++)
        {
            Span<T> values = gradients[i];
            if (isExact)
            {
                InParts.Multiply(values, T.CreateChecked(factor), values);
                continue;
            }

            foreach (ref T value in values)
            {
                value = T.CreateChecked(double.CreateChecked(value) / _scale / _root * limit);
            }
        }
    }

    // Two sums of eight, so that the additions do not wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe double SumOfSquares<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ManyDoubles s0 = default, s1 = default;
        int i = 0;
        fixed (T* source = values)
        {
            for (; i <= values.Length - (2 * ManyDoubles.Count); i += 2 * ManyDoubles.Count)
            {
                ManyDoubles a = ManyDoubles.Load(source + i);
                ManyDoubles b = ManyDoubles.Load(source + i + ManyDoubles.Count);
                s0 += a * a;
                s1 += b * b;
            }
        }

        double sum = ManyDoubles.Sum(s0 + s1);
        for (; i < values.Length; i++)
        {
            double value = double.CreateChecked(values[i]);
            sum += value * value;
        }

        return sum;
    }
}
