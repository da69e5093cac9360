using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// r = σ(z_r), u = σ(z_u), n = tanh((W·x + b)ₙ + r ⊙ (U·h + c)ₙ); h ← (1 − u) ⊙ n + u ⊙ h. Of each step (U·h + c)ₙ is
/// kept.
/// </summary>
internal readonly unsafe struct GruCell<T> : IRecurrentCell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public static int Gates => 3;

    /// <inheritdoc/>
    public static int Kept => 1;

    /// <inheritdoc/>
    public static bool HasCellState => false;

    /// <inheritdoc/>
    public static bool HasDirectPath => true;

    /// <inheritdoc/>
    public static bool SeparatesGradients => true;

    /// <inheritdoc/>
    public static int GatesOfFirstPhase => 3;

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
        Lanes<TSimd, TVector, T> r = LaneMath.Sigmoid(
            access.Load(at.Gates + reset) + access.Load(at.InputBiases + reset)
            + access.Load(at.Product + reset) + access.Load(at.RecurrentBiases + reset));
        Lanes<TSimd, TVector, T> u = LaneMath.Sigmoid(
            access.Load(at.Gates + update) + access.Load(at.InputBiases + update)
            + access.Load(at.Product + update) + access.Load(at.RecurrentBiases + update));
        Lanes<TSimd, TVector, T> product =
            access.Load(at.Product + candidate) + access.Load(at.RecurrentBiases + candidate);
        Lanes<TSimd, TVector, T> n = LaneMath.Tanh(r.MultiplyAdd(
            product, access.Load(at.Gates + candidate) + access.Load(at.InputBiases + candidate)));
        Lanes<TSimd, TVector, T> h = access.Load(at.Hidden + unit);
        access.Store(at.Hidden + unit, (Lanes<TSimd, TVector, T>.One - u).MultiplyAdd(n, u * h));
        if (at.Kept != null)
        {
            access.Store(at.Gates + reset, r);
            access.Store(at.Gates + update, u);
            access.Store(at.Gates + candidate, n);
            access.Store(at.Kept + unit, product);
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
        Lanes<TSimd, TVector, T> r = access.Load(at.Gates + reset);
        Lanes<TSimd, TVector, T> u = access.Load(at.Gates + update);
        Lanes<TSimd, TVector, T> n = access.Load(at.Gates + candidate);
        Lanes<TSimd, TVector, T> hidden = access.Load(at.HiddenGradient + unit);
        Lanes<TSimd, TVector, T> ofN = hidden * (one - u) * (one - (n * n));
        Lanes<TSimd, TVector, T> ofU = hidden * (access.Load(at.PreviousHidden + unit) - n) * u * (one - u);
        Lanes<TSimd, TVector, T> ofR = ofN * access.Load(at.Kept + unit) * r * (one - r);
        access.Store(at.HiddenGradient + unit, hidden * u);
        access.Store(at.Gates + reset, ofR);
        access.Store(at.Gates + update, ofU);
        access.Store(at.Gates + candidate, ofN);
        access.Store(at.Product + reset, ofR);
        access.Store(at.Product + update, ofU);
        access.Store(at.Product + candidate, ofN * r);
    }
}
