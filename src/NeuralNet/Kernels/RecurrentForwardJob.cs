using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// The forward pass of a recurrent layer, step after step. Sequences do not depend on each other: a thread takes some
/// of them from the first step to the last, and waits for no other.
/// </summary>
internal readonly unsafe struct RecurrentForwardJob<TCell, TSimd, TVector, T> : IParallelJob
    where TCell : struct, IRecurrentCell<T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly RecurrentOperands<T> _operands;
    private readonly RecurrentShares _shares;
    private readonly StepProduct<TSimd, TVector, T> _first;
    private readonly StepProduct<TSimd, TVector, T> _second;

    private RecurrentForwardJob(in RecurrentOperands<T> operands, RecurrentShares shares)
    {
        _operands = operands;
        _shares = shares;
        int units = operands.Units;
        int rows = TCell.Gates * units;
        int rowsOfFirst = TCell.GatesOfFirstPhase * units;
        T* packed = shares.HasOneColumn ? null : operands.Packed;
        _first = new(new(operands.Weights, rowsOfFirst, units, 1, rows), packed);
        if (rowsOfFirst < rows)
        {
            _second = new(
                new(operands.Weights + rowsOfFirst, rows - rowsOfFirst, units, 1, rows),
                packed == null ? null : packed + _first.PackedLength);
        }
    }

    /// <summary>Computes h of all sequences.</summary>
    public static void Run(in RecurrentOperands<T> operands, ForkJoin team)
    {
        var shares = RecurrentShares.Of(
            operands.Samples,
            (long)TCell.Gates * operands.Units * operands.Units * operands.Steps,
            TSimd.TileColumns,
            team);
        var job = new RecurrentForwardJob<TCell, TSimd, TVector, T>(operands, shares);
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
        T* operandStates = _operands.OperandStates + ((nint)first * units);
        T* products = _operands.Products + ((nint)first * _operands.ProductStep);
        for (int n = first; n < first + count; n++)
        {
            Begin(n);
        }

        int steps = _operands.Longest(first, count);
        for (int k = 0; k < steps; k++)
        {
            T* states = _operands.Masked(_operands.States, first, count);
            _first.Multiply(states, units, tiles, products, _operands.ProductStep, accumulate: false);
            Pass(k, 0, first, count);
            if (rowsOfFirst < rows)
            {
                _operands.Multiply(operandStates, operandStates, first, count);
                _second.Multiply(
                    operandStates, units, tiles, products + rowsOfFirst, _operands.ProductStep, accumulate: false);
                Pass(k, 1, first, count);
            }
        }

        for (int n = first; n < first + count; n++)
        {
            End(n);
        }
    }

    private void Begin(int sample)
    {
        int units = _operands.Units;
        Begin(_operands.States + ((nint)sample * units), _operands.InitialHidden);
        if (TCell.HasCellState)
        {
            Begin(_operands.CellStates + ((nint)sample * units), _operands.InitialCell);
        }
    }

    private void Begin(T* state, T* initial)
    {
        var values = new Span<T>(state, _operands.Units);
        if (initial == null)
        {
            values.Clear();
        }
        else if (initial != state)
        {
            new ReadOnlySpan<T>(initial, values.Length).CopyTo(values);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass(int k, int phase, int first, int count)
    {
        int units = _operands.Units;
        int rows = TCell.Gates * units;
        CellForward<T> at = default;
        at.Units = units;
        at.InputBiases = _operands.InputBiases;
        at.RecurrentBiases = _operands.RecurrentBiases;
        bool isLastPhase = phase == 1 || TCell.GatesOfFirstPhase == TCell.Gates;
        for (int n = first; n < first + count; n++)
        {
            if (k >= _operands.LengthOf(n))
            {
                continue;
            }

            nint column = _operands.Column(n, k);
            at.Gates = _operands.Gates + (column * rows);
            at.Product = _operands.Products + ((nint)n * _operands.ProductStep);
            at.Hidden = _operands.States + ((nint)n * units);
            at.Cell = _operands.CellStates + ((nint)n * units);
            at.Kept = _operands.Kept == null ? null : _operands.Kept + (column * TCell.Kept * units);
            at.Operand = _operands.OperandStates + ((nint)n * units);
            int unit = 0;
            for (; unit <= units - TSimd.Count; unit += TSimd.Count)
            {
                TCell.Forward<TSimd, TVector, WholeVector<TSimd, TVector, T>>(at, phase, unit, default);
            }

            if (unit < units)
            {
                TCell.Forward<TSimd, TVector, PartOfVector<TSimd, TVector, T>>(
                    at, phase, unit, new(units - unit));
            }

            if (isLastPhase && _operands.Hidden != null)
            {
                new ReadOnlySpan<T>(at.Hidden, units).CopyTo(new Span<T>(_operands.Hidden + (column * units), units));
            }
        }
    }

    // The state of a sequence stays as its last step has left it; steps of padding give 0.
    private void End(int sample)
    {
        int units = _operands.Units;
        if (_operands.LastHidden != null)
        {
            new ReadOnlySpan<T>(_operands.States + ((nint)sample * units), units)
                .CopyTo(new Span<T>(_operands.LastHidden + ((nint)sample * units), units));
        }

        int length = _operands.LengthOf(sample);
        if (_operands.Hidden != null && length < _operands.Steps)
        {
            nint column = ((nint)sample * _operands.Steps) + length;
            new Span<T>(_operands.Hidden + (column * units), (_operands.Steps - length) * units).Clear();
        }
    }
}
