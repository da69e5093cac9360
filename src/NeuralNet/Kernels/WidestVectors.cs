using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>The widest vectors that the processor has, or that the runtime is told to use.</summary>
internal static class WidestVectors
{
    /// <summary>Number of elements of type <see cref="float"/> in a vector.</summary>
    public static int FloatCount =>
        Vector512.IsHardwareAccelerated ? Vector512<float>.Count
        : Vector256.IsHardwareAccelerated ? Vector256<float>.Count
        : Vector128.IsHardwareAccelerated ? Vector128<float>.Count
        : 1;

    /// <summary>Number of elements in a vector.</summary>
    public static int Count<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Math.Max(1, FloatCount * sizeof(float) / Unsafe.SizeOf<T>());

    /// <summary>Runs a computation with these vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Run<TCode, T>(in TCode code)
        where TCode : struct, IVectorCode<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        // The JIT keeps one of these branches.
        if (Vector512.IsHardwareAccelerated)
        {
            code.Run<Simd512<T>, Vector512<T>>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            code.Run<Simd256<T>, Vector256<T>>();
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            code.Run<Simd128<T>, Vector128<T>>();
        }
        else
        {
            code.Run<SimdScalar<T>, T>();
        }
    }
}
