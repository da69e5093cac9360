using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>h ← σ(W·x + b + U·h + c), with σ the hyperbolic tangent or the rectifier.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TActivation">σ.</typeparam>
internal readonly unsafe struct SimpleCell<T, TActivation> : IRecurrentCell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TActivation : struct, ICellActivation<T>
{
    /// <inheritdoc/>
    public static int Gates => 1;

    /// <inheritdoc/>
    public static int Kept => 0;

    /// <inheritdoc/>
    public static bool HasCellState => false;

    /// <inheritdoc/>
    public static bool HasDirectPath => false;

    /// <inheritdoc/>
    public static bool SeparatesGradients => false;

    /// <inheritdoc/>
    public static int GatesOfFirstPhase => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TSimd, TVector, TAccess>(in CellForward<T> at, int phase, int unit, TAccess access)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where TAccess : struct, ILaneAccess<TSimd, TVector, T>
    {
        Lanes<TSimd, TVector, T> h = TActivation.Value(at.PreActivation<TSimd, TVector, TAccess>(unit, access));
        access.Store(at.Hidden + unit, h);
        access.Store(at.Gates + unit, h);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TSimd, TVector, TAccess>(in CellBackward<T> at, int phase, int unit, TAccess access)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where TAccess : struct, ILaneAccess<TSimd, TVector, T>
    {
        Lanes<TSimd, TVector, T> derivative = TActivation.Derivative(access.Load(at.Gates + unit));
        at.Write<TSimd, TVector, TAccess>(unit, access.Load(at.HiddenGradient + unit) * derivative, access);
    }
}
