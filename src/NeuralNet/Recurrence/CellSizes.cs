using System.Numerics;
using NeuralNet.Kernels;

namespace NeuralNet.Recurrence;

/// <summary>What a layer knows of its cell: how many blocks there are of which sort.</summary>
internal readonly record struct CellSizes(
    int Gates, int Kept, bool HasCellState, bool SeparatesGradients, int GatesOfFirstPhase)
{
    /// <summary>Whether some gates have a product with an operand of their own.</summary>
    public bool HasSecondPhase => GatesOfFirstPhase < Gates;

    /// <summary>Those of a cell.</summary>
    public static CellSizes Of<TCell, T>()
        where TCell : struct, IRecurrentCell<T>
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(TCell.Gates, TCell.Kept, TCell.HasCellState, TCell.SeparatesGradients, TCell.GatesOfFirstPhase);
}
