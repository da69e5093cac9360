using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NeuralNet.Kernels;

/// <summary>Eight doubles, in one register or in several.</summary>
internal readonly unsafe struct ManyDoubles(Vector512<double> values) : IDoubles<ManyDoubles>
{
    private readonly Vector512<double> _values = values;

    public static int Count => Vector512<double>.Count;

    /// <summary>The first element.</summary>
    public double First => _values[0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles operator +(ManyDoubles left, ManyDoubles right) => new(left._values + right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles operator -(ManyDoubles left, ManyDoubles right) => new(left._values - right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles operator *(ManyDoubles left, ManyDoubles right) => new(left._values * right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles operator /(ManyDoubles left, ManyDoubles right) => new(left._values / right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles Broadcast(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles Load<T>(T* source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load((float*)source));
            return new(Vector512.Create(low, high));
        }

        return new(Vector512.Load((double*)source));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T* target, ManyDoubles value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            Vector256.Narrow(value._values.GetLower(), value._values.GetUpper()).Store((float*)target);
            return;
        }

        value._values.Store((double*)target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles Sqrt(ManyDoubles value) => new(Vector512.Sqrt(value._values));

    /// <summary>The sum of the elements, each half added to the other until one is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(ManyDoubles value) => LaneSums.Fold(value._values);
}
