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
    public static void Forward<TLanes>(in CellForward<T> at, int phase, int unit, TLanes lanes)
        where TLanes : struct, ILanes<T>
    {
        Vector<T> z = (lanes.Load(at.Gates + unit) + lanes.Load(at.Product + unit))
            + (lanes.Load(at.InputBiases + unit) + lanes.Load(at.RecurrentBiases + unit));
        Vector<T> h = TActivation.Value(z);
        lanes.Store(at.Hidden + unit, h);
        lanes.Store(at.Gates + unit, h);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Backward<TLanes>(in CellBackward<T> at, int phase, int unit, TLanes lanes)
        where TLanes : struct, ILanes<T>
    {
        Vector<T> delta = lanes.Load(at.HiddenGradient + unit) * TActivation.Derivative(lanes.Load(at.Gates + unit));
        lanes.Store(at.Gates + unit, delta);
        lanes.Store(at.Product + unit, delta);
    }
}
