using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Two vectors of doubles: what a vector of floats widens to.</summary>
internal readonly unsafe struct ManyDoubles(Vector<double> low, Vector<double> high) : IDoubles<ManyDoubles>
{
    private readonly Vector<double> _low = low;
    private readonly Vector<double> _high = high;

    public static int Count => 2 * Vector<double>.Count;

    /// <summary>The first element.</summary>
    public double First => _low[0];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles operator +(ManyDoubles left, ManyDoubles right) =>
        new(left._low + right._low, left._high + right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles operator -(ManyDoubles left, ManyDoubles right) =>
        new(left._low - right._low, left._high - right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles operator *(ManyDoubles left, ManyDoubles right) =>
        new(left._low * right._low, left._high * right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles operator /(ManyDoubles left, ManyDoubles right) =>
        new(left._low / right._low, left._high / right._high);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles Broadcast(double value) => new(new(value), new(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles Load<T>(T* source)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            Vector.Widen(Vector.Load((float*)source), out Vector<double> low, out Vector<double> high);
            return new(low, high);
        }

        return new(Vector.Load((double*)source), Vector.Load((double*)source + Vector<double>.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T* target, ManyDoubles value)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            Vector.Narrow(value._low, value._high).Store((float*)target);
            return;
        }

        value._low.Store((double*)target);
        value._high.Store((double*)target + Vector<double>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ManyDoubles Sqrt(ManyDoubles value) =>
        new(Vector.SquareRoot(value._low), Vector.SquareRoot(value._high));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Sum(ManyDoubles value) => Vector.Sum(value._low + value._high);
}
