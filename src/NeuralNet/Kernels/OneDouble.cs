using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>A single element, for what is left of a span.</summary>
internal readonly unsafe struct OneDouble(double value) : IDoubles<OneDouble>
{
    private readonly double _value = value;

    public static OneDouble operator +(OneDouble left, OneDouble right) => new(left._value + right._value);

    public static OneDouble operator -(OneDouble left, OneDouble right) => new(left._value - right._value);

    public static OneDouble operator *(OneDouble left, OneDouble right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static OneDouble Load<T>(T* source)
        where T : unmanaged, IFloatingPointIeee754<T> => new(double.CreateTruncating(*source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T* target, OneDouble value)
        where T : unmanaged, IFloatingPointIeee754<T> => *target = T.CreateTruncating(value._value);
}
