using System.Numerics;

namespace NeuralNet.Kernels;

/// <summary>
/// The equations of a recurrent layer at one step of one sequence, element by element; what surrounds them, the
/// products and the order of the steps, is the same for all cells.
/// </summary>
/// <remarks>
/// A cell has gates, blocks of as many numbers as there are units: z = W·x + b + U·h + c, with a block of rows of W, U,
/// b and c for each. Where a gate needs the result of another before its own product, as in a GRU that resets first,
/// the gates are computed in two phases, each of which is a product followed by a pass over the units.
/// </remarks>
internal interface IRecurrentCell<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of gates: blocks of rows of the weights.</summary>
    static abstract int Gates { get; }

    /// <summary>Number of blocks, beside the gates, that the backward pass wants to see of every step.</summary>
    static abstract int Kept { get; }

    /// <summary>Whether there is a cell state c beside the hidden state h.</summary>
    static abstract bool HasCellState { get; }

    /// <summary>Whether h reaches the next step also past the products.</summary>
    static abstract bool HasDirectPath { get; }

    /// <summary>Whether ∂L/∂(W·x + b) and ∂L/∂(U·h + c) differ.</summary>
    static abstract bool SeparatesGradients { get; }

    /// <summary>
    /// Number of gates computed in the first phase; the others have a product with an operand of theirs.
    /// </summary>
    static abstract int GatesOfFirstPhase { get; }

    /// <summary>From z to the next state, for some units.</summary>
    static abstract void Forward<TSimd, TVector, TAccess>(in CellForward<T> at, int phase, int unit, TAccess access)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where TAccess : struct, ILaneAccess<TSimd, TVector, T>;

    /// <summary>From ∂L/∂h, and ∂L/∂c, to ∂L/∂z and what reaches the step before, for some units.</summary>
    static abstract void Backward<TSimd, TVector, TAccess>(in CellBackward<T> at, int phase, int unit, TAccess access)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where TAccess : struct, ILaneAccess<TSimd, TVector, T>;
}
