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
    public static void Forward<TLanes>(in CellForward<T> at, int phase, int unit, TLanes lanes)
        where TLanes : struct, ILanes<T>
    {
        nint reset = unit;
        nint update = reset + at.Units;
        nint candidate = update + at.Units;
        Vector<T> h = lanes.Load(at.Hidden + unit);
        if (phase == 0)
        {
            (Vector<T> r, _) = VectorMath.Sigmoid(PreActivation(at, reset, lanes));
            (Vector<T> u, _) = VectorMath.Sigmoid(PreActivation(at, update, lanes));
            lanes.Store(at.Gates + reset, r);
            lanes.Store(at.Gates + update, u);
            lanes.Store(at.Operand + unit, r * h);
        }
        else
        {
            Vector<T> n = VectorMath.Tanh(PreActivation(at, candidate, lanes));
            Vector<T> u = lanes.Load(at.Gates + update);
            lanes.Store(at.Gates + candidate, n);
            lanes.Store(at.Hidden + unit, VectorMath.MultiplyAdd(Vector<T>.One - u, n, u * h));
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TLanes>(in CellBackward<T> at, int phase, int unit, TLanes lanes)
        where TLanes : struct, ILanes<T>
    {
        nint reset = unit;
        nint update = reset + at.Units;
        nint candidate = update + at.Units;
        Vector<T> one = Vector<T>.One;
        Vector<T> h = lanes.Load(at.PreviousHidden + unit);
        Vector<T> hidden = lanes.Load(at.HiddenGradient + unit);
        if (phase == 1)
        {
            Vector<T> u = lanes.Load(at.Gates + update);
            Vector<T> n = lanes.Load(at.Gates + candidate);
            Write(at, candidate, hidden * (one - u) * (one - (n * n)), lanes);
            Write(at, update, hidden * (h - n) * u * (one - u), lanes);
            lanes.Store(at.HiddenGradient + unit, hidden * u);
        }
        else
        {
            Vector<T> r = lanes.Load(at.Gates + reset);
            Vector<T> ofOperand = lanes.Load(at.OperandGradient + unit);
            lanes.Store(at.Operand + unit, r * h);
            Write(at, reset, ofOperand * h * r * (one - r), lanes);
            lanes.Store(at.HiddenGradient + unit, VectorMath.MultiplyAdd(ofOperand, r, hidden));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> PreActivation<TLanes>(in CellForward<T> at, nint row, TLanes lanes)
        where TLanes : struct, ILanes<T> =>
        (lanes.Load(at.Gates + row) + lanes.Load(at.Product + row))
        + (lanes.Load(at.InputBiases + row) + lanes.Load(at.RecurrentBiases + row));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<TLanes>(in CellBackward<T> at, nint row, Vector<T> gradient, TLanes lanes)
        where TLanes : struct, ILanes<T>
    {
        lanes.Store(at.Gates + row, gradient);
        lanes.Store(at.Product + row, gradient);
    }
}
