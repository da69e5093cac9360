using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>A recurrent cell through the steps of sequences, forward and back.</summary>
internal static unsafe class RecurrentPass
{
    private const int CacheLine = 64;

    /// <summary>Computes h of all steps, from W·x of all steps.</summary>
    public static void Forward<TCell, T>(in RecurrentOperands<T> operands, ForkJoin team)
        where TCell : struct, IRecurrentCell<T>
        where T : unmanaged, IFloatingPointIeee754<T> =>
        WidestVectors.Run<ForwardCode<TCell, T>, T>(new(Aligned(operands), team));

    /// <summary>Computes ∂L/∂z of all steps, from ∂L/∂h.</summary>
    public static void Backward<TCell, T>(in RecurrentOperands<T> operands, ForkJoin team)
        where TCell : struct, IRecurrentCell<T>
        where T : unmanaged, IFloatingPointIeee754<T> =>
        WidestVectors.Run<BackwardCode<TCell, T>, T>(new(Aligned(operands), team));

    /// <summary>Distance from one column of the products to the next.</summary>
    /// <param name="rows">Number of gates · units.</param>
    public static int ProductStep<T>(int rows)
        where T : unmanaged, IFloatingPointIeee754<T> => rows + (CacheLine / sizeof(T));

    /// <summary>
    /// Room for the packed recurrent weights: in each of at most two phases, whole vectors of rows, or of units.
    /// </summary>
    /// <param name="gates">Number of gates.</param>
    /// <param name="units">Number of units.</param>
    public static int PackedLength<T>(int gates, int units)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int vector = WidestVectors.Count<T>();
        int forward = (gates * units) + (2 * (vector - 1));
        int backward = units + vector - 1;
        return checked(Math.Max(forward * units, backward * gates * units) + (CacheLine / sizeof(T)));
    }

    private static RecurrentOperands<T> Aligned<T>(RecurrentOperands<T> operands)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        operands.Packed = (T*)(((nuint)operands.Packed + CacheLine - 1) & ~(nuint)(CacheLine - 1));
        return operands;
    }

    private readonly struct ForwardCode<TCell, T>(in RecurrentOperands<T> operands, ForkJoin team) : IVectorCode<T>
        where TCell : struct, IRecurrentCell<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly RecurrentOperands<T> _operands = operands;

        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct =>
            RecurrentForwardJob<TCell, TSimd, TVector, T>.Run(_operands, team);
    }

    private readonly struct BackwardCode<TCell, T>(in RecurrentOperands<T> operands, ForkJoin team) : IVectorCode<T>
        where TCell : struct, IRecurrentCell<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly RecurrentOperands<T> _operands = operands;

        public void Run<TSimd, TVector>()
            where TSimd : struct, ISimd<TVector, T>
            where TVector : struct =>
            RecurrentBackwardJob<TCell, TSimd, TVector, T>.Run(_operands, team);
    }
}
