using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

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
                TensorPrimitives.Multiply(values, T.CreateChecked(factor), values);
                continue;
            }

            foreach (ref T value in values)
            {
                value = T.CreateChecked(double.CreateChecked(value) / _scale / _root * limit);
            }
        }
    }

    // Four sums, so that the additions do not wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SumOfSquares<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Vector<double> s0 = default, s1 = default, s2 = default, s3 = default;
        int i = 0;
        if (typeof(T) == typeof(float))
        {
            int count = Vector<float>.Count;
            for (; i <= values.Length - (2 * count); i += 2 * count)
            {
                Vector.Widen(new Vector<T>(values[i..]).As<T, float>(), out Vector<double> a, out Vector<double> b);
                Vector.Widen(
                    new Vector<T>(values[(i + count)..]).As<T, float>(), out Vector<double> c, out Vector<double> d);
                s0 += a * a;
                s1 += b * b;
                s2 += c * c;
                s3 += d * d;
            }
        }
        else
        {
            int count = Vector<double>.Count;
            for (; i <= values.Length - (4 * count); i += 4 * count)
            {
                Vector<double> a = new Vector<T>(values[i..]).As<T, double>();
                Vector<double> b = new Vector<T>(values[(i + count)..]).As<T, double>();
                Vector<double> c = new Vector<T>(values[(i + (2 * count))..]).As<T, double>();
                Vector<double> d = new Vector<T>(values[(i + (3 * count))..]).As<T, double>();
                s0 += a * a;
                s1 += b * b;
                s2 += c * c;
                s3 += d * d;
            }
        }

        double sum = Vector.Sum(s0 + s1 + (s2 + s3));
        for (; i < values.Length; i++)
        {
            double value = double.CreateChecked(values[i]);
            sum += value * value;
        }

        return sum;
    }
}
