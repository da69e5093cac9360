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
    public static void Forward<TLanes>(in CellForward<T> at, int phase, int unit, TLanes lanes)
        where TLanes : struct, ILanes<T>
    {
        nint inputGate = unit;
        nint forgetGate = inputGate + at.Units;
        nint candidate = forgetGate + at.Units;
        nint outputGate = candidate + at.Units;
        (Vector<T> i, _) = VectorMath.Sigmoid(PreActivation(at, inputGate, lanes));
        (Vector<T> f, _) = VectorMath.Sigmoid(PreActivation(at, forgetGate, lanes));
        Vector<T> g = VectorMath.Tanh(PreActivation(at, candidate, lanes));
        (Vector<T> o, _) = VectorMath.Sigmoid(PreActivation(at, outputGate, lanes));
        Vector<T> c = VectorMath.MultiplyAdd(i, g, f * lanes.Load(at.Cell + unit));
        Vector<T> tanh = VectorMath.Tanh(c);
        lanes.Store(at.Cell + unit, c);
        lanes.Store(at.Hidden + unit, o * tanh);
        if (at.Kept != null)
        {
            lanes.Store(at.Gates + inputGate, i);
            lanes.Store(at.Gates + forgetGate, f);
            lanes.Store(at.Gates + candidate, g);
            lanes.Store(at.Gates + outputGate, o);
            lanes.Store(at.Kept + unit, c);
            lanes.Store(at.Kept + at.Units + unit, tanh);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TLanes>(in CellBackward<T> at, int phase, int unit, TLanes lanes)
        where TLanes : struct, ILanes<T>
    {
        nint inputGate = unit;
        nint forgetGate = inputGate + at.Units;
        nint candidate = forgetGate + at.Units;
        nint outputGate = candidate + at.Units;
        Vector<T> one = Vector<T>.One;
        Vector<T> i = lanes.Load(at.Gates + inputGate);
        Vector<T> f = lanes.Load(at.Gates + forgetGate);
        Vector<T> g = lanes.Load(at.Gates + candidate);
        Vector<T> o = lanes.Load(at.Gates + outputGate);
        Vector<T> tanh = lanes.Load(at.Kept + at.Units + unit);
        Vector<T> hidden = lanes.Load(at.HiddenGradient + unit);
        Vector<T> cell = VectorMath.MultiplyAdd(
            hidden * o, one - (tanh * tanh), lanes.Load(at.CellGradient + unit));
        lanes.Store(at.CellGradient + unit, cell * f);
        Write(at, inputGate, cell * g * i * (one - i), lanes);
        Write(at, forgetGate, cell * lanes.Load(at.PreviousCell + unit) * f * (one - f), lanes);
        Write(at, candidate, cell * i * (one - (g * g)), lanes);
        Write(at, outputGate, hidden * tanh * o * (one - o), lanes);
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
