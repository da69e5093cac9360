using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>Where the numbers of a step of one sequence lie, in the backward pass of a recurrent cell.</summary>
internal unsafe struct CellBackward<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of units: the length of every block.</summary>
    public int Units;

    /// <summary>The gates after their activations; overwritten with ∂L/∂(W·x + b).</summary>
    public T* Gates;

    /// <summary>The place for ∂L/∂(U·h + c), for the product of this step.</summary>
    public T* Product;

    /// <summary>What the forward pass kept of this step.</summary>
    public T* Kept;

    /// <summary>h of the step before.</summary>
    public T* PreviousHidden;

    /// <summary>The cell state of the step before.</summary>
    public T* PreviousCell;

    /// <summary>∂L/∂h of this step; overwritten with what reaches the step before past the products.</summary>
    public T* HiddenGradient;

    /// <summary>∂L/∂c, of the cell state after this step; overwritten with that of the step before.</summary>
    public T* CellGradient;

    /// <summary>The gradient of the operand of the second phase's product.</summary>
    public T* OperandGradient;

    /// <summary>The place for that operand, for the gradient of the weights.</summary>
    public T* Operand;

    /// <summary>Writes ∂L/∂z of some units of a gate.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Write<TSimd, TVector, TAccess>(nint row, Lanes<TSimd, TVector, T> gradient, TAccess access)
        where TSimd : struct, ISimd<TVector, T>
        where TVector : struct
        where TAccess : struct, ILaneAccess<TSimd, TVector, T>
    {
        access.Store(Gates + row, gradient);
        access.Store(Product + row, gradient);
    }
}
