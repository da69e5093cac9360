using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// r = σ(z_r), u = σ(z_u), n = tanh((W·x + b)ₙ + Uₙ·(r ⊙ h) + cₙ); h ← (1 − u) ⊙ n + u ⊙ h. r ⊙ h is the operand of the
/// second phase.
/// </summary>
internal readonly unsafe struct ResetFirstGruCell<T> : IRecurrentCell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Gates => 3;

    /// <inheritdoc/>
    public static int Kept => 0;

    /// <inheritdoc/>
    public static bool HasCellState => false;

    /// <inheritdoc/>
    public static bool HasDirectPath => true;

    /// <inheritdoc/>
    public static bool SeparatesGradients => false;

    /// <inheritdoc/>
    public static int GatesOfFirstPhase => 2;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TSimd, TVector, TAccess>(in CellForward<T> at, int phase, int unit, TAccess access)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where TAccess : struct, ILaneAccess<TSimd, TVector, T>
    {
        nint reset = unit;
        nint update = reset + at.Units;
        nint candidate = update + at.Units;
        Lanes<TSimd, TVector, T> h = access.Load(at.Hidden + unit);
        if (phase == 0)
        {
            Lanes<TSimd, TVector, T> r = LaneMath.Sigmoid(at.PreActivation<TSimd, TVector, TAccess>(reset, access));
            Lanes<TSimd, TVector, T> u = LaneMath.Sigmoid(at.PreActivation<TSimd, TVector, TAccess>(update, access));
            access.Store(at.Gates + reset, r);
            access.Store(at.Gates + update, u);
            access.Store(at.Operand + unit, r * h);
        }
        else
        {
            Lanes<TSimd, TVector, T> n = LaneMath.Tanh(at.PreActivation<TSimd, TVector, TAccess>(candidate, access));
            Lanes<TSimd, TVector, T> u = access.Load(at.Gates + update);
            access.Store(at.Gates + candidate, n);
            access.Store(at.Hidden + unit, (Lanes<TSimd, TVector, T>.One - u).MultiplyAdd(n, u * h));
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TSimd, TVector, TAccess>(in CellBackward<T> at, int phase, int unit, TAccess access)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where TAccess : struct, ILaneAccess<TSimd, TVector, T>
    {
        nint reset = unit;
        nint update = reset + at.Units;
        nint candidate = update + at.Units;
        Lanes<TSimd, TVector, T> one = Lanes<TSimd, TVector, T>.One;
        Lanes<TSimd, TVector, T> h = access.Load(at.PreviousHidden + unit);
        Lanes<TSimd, TVector, T> hidden = access.Load(at.HiddenGradient + unit);
        if (phase == 1)
        {
            Lanes<TSimd, TVector, T> u = access.Load(at.Gates + update);
            Lanes<TSimd, TVector, T> n = access.Load(at.Gates + candidate);
            at.Write<TSimd, TVector, TAccess>(candidate, hidden * (one - u) * (one - (n * n)), access);
            at.Write<TSimd, TVector, TAccess>(update, hidden * (h - n) * u * (one - u), access);
            access.Store(at.HiddenGradient + unit, hidden * u);
        }
        else
        {
            Lanes<TSimd, TVector, T> r = access.Load(at.Gates + reset);
            Lanes<TSimd, TVector, T> ofOperand = access.Load(at.OperandGradient + unit);
            access.Store(at.Operand + unit, r * h);
            at.Write<TSimd, TVector, TAccess>(reset, ofOperand * h * r * (one - r), access);
            access.Store(at.HiddenGradient + unit, ofOperand.MultiplyAdd(r, hidden));
        }
    }
}
