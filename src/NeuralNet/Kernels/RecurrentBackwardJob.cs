using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// The backward pass of a recurrent layer through its steps, from the last to the first: ∂L/∂z of every step, from
/// which the gradients of weights and inputs are products over all steps. A thread takes some sequences through all
/// steps, as in the forward pass.
/// </summary>
internal readonly unsafe struct RecurrentBackwardJob<TCell, TSimd, TVector, T> : IParallelJob
    where TCell : struct, IRecurrentCell<T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RecurrentOperands<T> _operands;
    private readonly RecurrentShares _shares;
    private readonly StepProduct<TSimd, TVector, T> _first;
    private readonly StepProduct<TSimd, TVector, T> _second;

    private RecurrentBackwardJob(in RecurrentOperands<T> operands, RecurrentShares shares)
    {
        _operands = operands;
        _shares = shares;
        int units = operands.Units;
        int rows = TCell.Gates * units;
        int rowsOfFirst = TCell.GatesOfFirstPhase * units;
        T* packed = shares.HasOneColumn ? null : operands.Packed;
        _first = new(new(operands.Weights, units, rowsOfFirst, rows, 1), packed);
        if (rowsOfFirst < rows)
        {
            _second = new(
                new(operands.Weights + rowsOfFirst, units, rows - rowsOfFirst, rows, 1),
                packed == null ? null : packed + _first.PackedLength);
        }
    }

    /// <summary>Computes ∂L/∂z of all steps.</summary>
    public static void Run(in RecurrentOperands<T> operands, ForkJoin team)
    {
        var shares = RecurrentShares.Of(
            operands.Samples,
            (long)TCell.Gates * operands.Units * operands.Units * operands.Steps,
            TSimd.TileColumns,
            team);
        var job = new RecurrentBackwardJob<TCell, TSimd, TVector, T>(operands, shares);
        team.Run(job, shares.Parts);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Execute(int part)
    {
        (int first, int count, ColumnTiles tiles) = _shares.Part(part);
        int units = _operands.Units;
        int rows = TCell.Gates * units;
        int rowsOfFirst = TCell.GatesOfFirstPhase * units;
        T* hidden = _operands.States + ((nint)first * units);
        T* operandGradients = _operands.OperandStates + ((nint)first * units);
        T* products = _operands.Products + ((nint)first * _operands.ProductStep);
        ClearStates(first, count);
        for (int n = first; n < first + count; n++)
        {
            ClearPadding(n);
        }

        for (int k = _operands.Longest(first, count) - 1; k >= 0; k--)
        {
            AddOutputGradients(k, first, count);
            if (rowsOfFirst < rows)
            {
                Pass(k, 1, first, count);
                _second.Multiply(
                    products + rowsOfFirst, _operands.ProductStep, tiles, operandGradients, units, accumulate: false);
                _operands.Multiply(operandGradients, operandGradients, first, count);
            }

            Pass(k, 0, first, count);
            if (_operands.Mask == null)
            {
                _first.Multiply(
                    products, _operands.ProductStep, tiles, hidden, units, accumulate: TCell.HasDirectPath);
            }
            else
            {
                T* masked = _operands.MaskedStates + ((nint)first * units);
                _first.Multiply(products, _operands.ProductStep, tiles, masked, units, accumulate: false);
                AddMasked(masked, hidden, first, count);
            }

            if (_operands.GradientSteps > 0 && k > 0 && k % _operands.GradientSteps == 0)
            {
                ClearStates(first, count);
            }
        }
    }

    private static void Clear(T* columns, int first, int count, int rows) =>
        new Span<T>(columns + ((nint)first * rows), count * rows).Clear();

    private void ClearStates(int first, int count)
    {
        Clear(_operands.States, first, count, _operands.Units);
        if (TCell.HasCellState)
        {
            Clear(_operands.CellStates, first, count, _operands.Units);
        }
    }

    // Steps of padding add nothing to the gradients of the weights.
    private void ClearPadding(int sample)
    {
        int length = _operands.LengthOf(sample);
        if (length == _operands.Steps)
        {
            return;
        }

        int units = _operands.Units;
        int rows = TCell.Gates * units;
        int count = _operands.Steps - length;
        int column = (sample * _operands.Steps) + length;
        Clear(_operands.Gates, column, count, rows);
        Clear(_operands.PreviousHidden, column, count, units);
        if (TCell.SeparatesGradients)
        {
            Clear(_operands.RecurrentGradient, column, count, rows);
        }

        if (TCell.GatesOfFirstPhase < TCell.Gates)
        {
            Clear(_operands.SecondOperand, column, count, units);
        }

        new Span<T>(_operands.Products + ((nint)sample * _operands.ProductStep), rows).Clear();
    }

    // The gradient of h from that of its product with the factors.
    private void AddMasked(T* masked, T* hidden, int first, int count)
    {
        _operands.Multiply(masked, masked, first, count);
        var gradient = new ReadOnlySpan<T>(masked, count * _operands.Units);
        var result = new Span<T>(hidden, gradient.Length);
        if (TCell.HasDirectPath)
        {
            TensorPrimitives.Add(result, gradient, result);
        }
        else
        {
            gradient.CopyTo(result);
        }
    }

    private void AddOutputGradients(int k, int first, int count)
    {
        int units = _operands.Units;
        for (int n = first; n < first + count; n++)
        {
            int length = _operands.LengthOf(n);
            if (k < length && (_operands.HasGradientOfEveryStep || k == length - 1))
            {
                nint column = _operands.HasGradientOfEveryStep ? _operands.Column(n, k) : n;
                var hidden = new Span<T>(_operands.States + ((nint)n * units), units);
                TensorPrimitives.Add(
                    hidden, new ReadOnlySpan<T>(_operands.OutputGradient + (column * units), units), hidden);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass(int k, int phase, int first, int count)
    {
        int units = _operands.Units;
        int rows = TCell.Gates * units;
        CellBackward<T> at = default;
        at.Units = units;
        bool isLastPhase = phase == 0;
        for (int n = first; n < first + count; n++)
        {
            if (k >= _operands.LengthOf(n))
            {
                continue;
            }

            nint column = _operands.Column(n, k);
            at.Gates = _operands.Gates + (column * rows);
            at.Product = _operands.Products + ((nint)n * _operands.ProductStep);
            at.Kept = _operands.Kept + (column * TCell.Kept * units);
            at.HiddenGradient = _operands.States + ((nint)n * units);
            at.CellGradient = _operands.CellStates + ((nint)n * units);
            at.OperandGradient = _operands.OperandStates + ((nint)n * units);
            at.Operand = _operands.SecondOperand == null ? null : _operands.SecondOperand + (column * units);
            at.PreviousHidden = _operands.PreviousHidden + (column * units);
            FindPrevious(n, k, ref at);
            int unit = 0;
            for (; unit <= units - TSimd.Count; unit += TSimd.Count)
            {
                TCell.Backward<TSimd, TVector, WholeVector<TSimd, TVector, T>>(at, phase, unit, default);
            }

            if (unit < units)
            {
                TCell.Backward<TSimd, TVector, PartOfVector<TSimd, TVector, T>>(
                    at, phase, unit, new(units - unit));
            }

            if (isLastPhase && TCell.SeparatesGradients)
            {
                new ReadOnlySpan<T>(at.Product, rows)
                    .CopyTo(new Span<T>(_operands.RecurrentGradient + (column * rows), rows));
            }
        }
    }

    // Copies h of the step before to where the product for the gradient of the weights reads it, and points to c.
    private void FindPrevious(int sample, int k, ref CellBackward<T> at)
    {
        int units = _operands.Units;
        var hidden = new Span<T>(at.PreviousHidden, units);
        if (k > 0)
        {
            nint before = _operands.Column(sample, k - 1);
            new ReadOnlySpan<T>(_operands.Hidden + (before * units), units).CopyTo(hidden);
            at.PreviousCell = _operands.Kept + (before * TCell.Kept * units);
        }
        else if (_operands.InitialHidden != null)
        {
            new ReadOnlySpan<T>(_operands.InitialHidden, units).CopyTo(hidden);
            at.PreviousCell = _operands.InitialCell;
        }
        else
        {
            // Both states begin with 0.
            hidden.Clear();
            at.PreviousCell = at.PreviousHidden;
        }
    }
}
