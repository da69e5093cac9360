using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// i = σ(zᵢ), f = σ(z_f), g = tanh(z_g), o = σ(zₒ); c ← f ⊙ c + i ⊙ g; h = o ⊙ tanh c. Of each step c and tanh c are
/// kept.
/// </summary>
internal readonly unsafe struct LstmCell<T> : IRecurrentCell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Gates => 4;

    /// <inheritdoc/>
    public static int Kept => 2;

    /// <inheritdoc/>
    public static bool HasCellState => true;

    /// <inheritdoc/>
    public static bool HasDirectPath => false;

    /// <inheritdoc/>
    public static bool SeparatesGradients => false;

    /// <inheritdoc/>
    public static int GatesOfFirstPhase => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<TSimd, TVector, TAccess>(in CellForward<T> at, int phase, int unit, TAccess access)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where TAccess : struct, ILaneAccess<TSimd, TVector, T>
    {
        nint inputGate = unit;
        nint forgetGate = inputGate + at.Units;
        nint candidate = forgetGate + at.Units;
        nint outputGate = candidate + at.Units;
        Lanes<TSimd, TVector, T> i = LaneMath.Sigmoid(at.PreActivation<TSimd, TVector, TAccess>(inputGate, access));
        Lanes<TSimd, TVector, T> f = LaneMath.Sigmoid(at.PreActivation<TSimd, TVector, TAccess>(forgetGate, access));
        Lanes<TSimd, TVector, T> g = LaneMath.Tanh(at.PreActivation<TSimd, TVector, TAccess>(candidate, access));
        Lanes<TSimd, TVector, T> o = LaneMath.Sigmoid(at.PreActivation<TSimd, TVector, TAccess>(outputGate, access));
        Lanes<TSimd, TVector, T> c = i.MultiplyAdd(g, f * access.Load(at.Cell + unit));
        Lanes<TSimd, TVector, T> tanh = LaneMath.Tanh(c);
        access.Store(at.Cell + unit, c);
        access.Store(at.Hidden + unit, o * tanh);
        if (at.Kept != null)
        {
            access.Store(at.Gates + inputGate, i);
            access.Store(at.Gates + forgetGate, f);
            access.Store(at.Gates + candidate, g);
            access.Store(at.Gates + outputGate, o);
            access.Store(at.Kept + unit, c);
            access.Store(at.Kept + at.Units + unit, tanh);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TSimd, TVector, TAccess>(in CellBackward<T> at, int phase, int unit, TAccess access)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where TAccess : struct, ILaneAccess<TSimd, TVector, T>
    {
        nint inputGate = unit;
        nint forgetGate = inputGate + at.Units;
        nint candidate = forgetGate + at.Units;
        nint outputGate = candidate + at.Units;
        Lanes<TSimd, TVector, T> one = Lanes<TSimd, TVector, T>.One;
        Lanes<TSimd, TVector, T> i = access.Load(at.Gates + inputGate);
        Lanes<TSimd, TVector, T> f = access.Load(at.Gates + forgetGate);
        Lanes<TSimd, TVector, T> g = access.Load(at.Gates + candidate);
        Lanes<TSimd, TVector, T> o = access.Load(at.Gates + outputGate);
        Lanes<TSimd, TVector, T> tanh = access.Load(at.Kept + at.Units + unit);
        Lanes<TSimd, TVector, T> hidden = access.Load(at.HiddenGradient + unit);
        Lanes<TSimd, TVector, T> cell = (hidden * o).MultiplyAdd(
            one - (tanh * tanh), access.Load(at.CellGradient + unit));
        access.Store(at.CellGradient + unit, cell * f);
        at.Write<TSimd, TVector, TAccess>(inputGate, cell * g * i * (one - i), access);
        Lanes<TSimd, TVector, T> before = access.Load(at.PreviousCell + unit);
        at.Write<TSimd, TVector, TAccess>(forgetGate, cell * before * f * (one - f), access);
        at.Write<TSimd, TVector, TAccess>(candidate, cell * i * (one - (g * g)), access);
        at.Write<TSimd, TVector, TAccess>(outputGate, hidden * tanh * o * (one - o), access);
    }
}
