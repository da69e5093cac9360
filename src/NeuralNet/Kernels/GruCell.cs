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
    public static void Forward<TLanes>(in CellForward<T> at, int phase, int unit, TLanes lanes)
        where TLanes : struct, ILanes<T>
    {
        nint reset = unit;
        nint update = reset + at.Units;
        nint candidate = update + at.Units;
        (Vector<T> r, _) = VectorMath.Sigmoid(
            lanes.Load(at.Gates + reset) + lanes.Load(at.InputBiases + reset)
            + lanes.Load(at.Product + reset) + lanes.Load(at.RecurrentBiases + reset));
        (Vector<T> u, Vector<T> other) = VectorMath.Sigmoid(
            lanes.Load(at.Gates + update) + lanes.Load(at.InputBiases + update)
            + lanes.Load(at.Product + update) + lanes.Load(at.RecurrentBiases + update));
        Vector<T> product = lanes.Load(at.Product + candidate) + lanes.Load(at.RecurrentBiases + candidate);
        Vector<T> n = VectorMath.Tanh(VectorMath.MultiplyAdd(
            r, product, lanes.Load(at.Gates + candidate) + lanes.Load(at.InputBiases + candidate)));
        lanes.Store(at.Hidden + unit, VectorMath.MultiplyAdd(other, n, u * lanes.Load(at.Hidden + unit)));
        if (at.Kept != null)
        {
            lanes.Store(at.Gates + reset, r);
            lanes.Store(at.Gates + update, u);
            lanes.Store(at.Gates + candidate, n);
            lanes.Store(at.Kept + unit, product);
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
        Vector<T> r = lanes.Load(at.Gates + reset);
        Vector<T> u = lanes.Load(at.Gates + update);
        Vector<T> n = lanes.Load(at.Gates + candidate);
        Vector<T> hidden = lanes.Load(at.HiddenGradient + unit);
        Vector<T> ofN = hidden * (one - u) * (one - (n * n));
        Vector<T> ofU = hidden * (lanes.Load(at.PreviousHidden + unit) - n) * u * (one - u);
        Vector<T> ofR = ofN * lanes.Load(at.Kept + unit) * r * (one - r);
        lanes.Store(at.HiddenGradient + unit, hidden * u);
        lanes.Store(at.Gates + reset, ofR);
        lanes.Store(at.Gates + update, ofU);
        lanes.Store(at.Gates + candidate, ofN);
        lanes.Store(at.Product + reset, ofR);
        lanes.Store(at.Product + update, ofU);
        lanes.Store(at.Product + candidate, ofN * r);
    }
}
