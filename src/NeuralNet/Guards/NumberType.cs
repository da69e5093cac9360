using System.Numerics;

namespace NeuralNet.Guards;

/// <summary>The two number types the library computes in: <see cref="float"/> and <see cref="double"/>.</summary>
internal static class NumberType
{
    /// <summary>
    /// Refuses every other type: the compiler's constraint also lets <see cref="Half"/> and others through.
    /// </summary>
    /// <typeparam name="T">The number type asked for.</typeparam>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is neither float nor double.</exception>
    public static void Require<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new NotSupportedException(
                $"NeuralNet computes in float or double; {typeof(T)} is not supported. "
                + "Use float to train and predict, double where exactness matters more than speed.");
        }
    }

    /// <summary>The smallest number above 0 with all digits of the type.</summary>
    public static double SmallestNormal<T>() => typeof(T) == typeof(float) ? 1.17549435e-38 : 2.2250738585072014e-308;
}
