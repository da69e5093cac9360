using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Where the numbers of a step of one sequence lie, in the forward pass of a recurrent cell.</summary>
internal unsafe struct CellForward<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of units: the length of every block.</summary>
    public int Units;

    /// <summary>W·x, a block for each gate; overwritten with the gates after their activations.</summary>
    public T* Gates;

    /// <summary>U·h, a block for each gate.</summary>
    public T* Product;

    /// <summary>b, added to W·x.</summary>
    public T* InputBiases;

    /// <summary>c, added to U·h.</summary>
    public T* RecurrentBiases;

    /// <summary>h, of the step before; overwritten with that of this step.</summary>
    public T* Hidden;

    /// <summary>The cell state; overwritten likewise.</summary>
    public T* Cell;

    /// <summary>The place for what the backward pass wants to see; null in prediction.</summary>
    public T* Kept;

    /// <summary>The place for the operand of the second phase's product.</summary>
    public T* Operand;

    /// <summary>z of some units of a gate, W·x + b + U·h + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly Lanes<TSimd, TVector, T> PreActivation<TSimd, TVector, TAccess>(nint row, TAccess access)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where TAccess : struct, ILaneAccess<TSimd, TVector, T> =>
        (access.Load(Gates + row) + access.Load(Product + row))
        + (access.Load(InputBiases + row) + access.Load(RecurrentBiases + row));
}
