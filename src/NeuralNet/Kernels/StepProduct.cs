using System.Numerics;
using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// The product of one matrix with few columns, again and again: a step of a recurrent layer. The matrix is packed once,
/// in panels of a few vectors of rows, and multiplied in register tiles; with a single column it is read in place.
/// </summary>
/// <remarks>
/// As in <see cref="ProductJob{TSimd, TVector, T}"/>, an element of the result is the sum of the same blocks of the
/// depth in the same order, however the columns are divided.
/// </remarks>
internal readonly unsafe struct StepProduct<TSimd, TVector, T>
    where TSimd : struct, ISimd<TVector, T>
    where TVector : struct
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int MaxBlockDepth = 384;

    private readonly Factor<T> _matrix;
    private readonly T* _packed;
    private readonly Partition _panels;
    private readonly Partition _blocks;

    /// <summary>Prepares the products with a matrix.</summary>
    /// <param name="matrix">The matrix.</param>
    /// <param name="packed">
    /// Room for the packed matrix, whole vectors of lines times the depth, beginning with a cache line; null if all
    /// products are with one column.
    /// </param>
    public StepProduct(Factor<T> matrix, T* packed)
    {
        _matrix = matrix;
        _packed = packed;
        _panels = Partition.OfAtMost(TSimd.TileVectors, Vectors(matrix.Lines));
        _blocks = Partition.OfAtMost(MaxBlockDepth, matrix.Depth);
        if (packed != null)
        {
            Pack();
        }
    }

    /// <summary>Number of elements of the packed matrix.</summary>
    public int PackedLength => Vectors(_matrix.Lines) * TSimd.Count * _matrix.Depth;

    /// <summary>Computes C = A·B or C += A·B.</summary>
    /// <param name="b">The columns of B, each contiguous.</param>
    /// <param name="bColumn">Distance from one column of B to the next.</param>
    /// <param name="tiles">The tiles that the columns are divided into.</param>
    /// <param name="c">The columns of C, each contiguous.</param>
    /// <param name="cColumn">Distance from one column of C to the next.</param>
    /// <param name="accumulate">True to add the product to C; false to overwrite it.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(T* b, nint bColumn, ColumnTiles tiles, T* c, nint cColumn, bool accumulate)
    {
        if (_packed == null)
        {
            MultiplyColumn(b, c, accumulate);
            return;
        }

        TileOperands<T> operands = default;
        operands.BStep = 1;
        operands.BColumn = bColumn;
        operands.CColumn = cColumn;
        for (int block = 0; block < _blocks.Parts; block++)
        {
            operands.Depth = _blocks.Size(block);
            operands.Accumulate = accumulate || block > 0;
            for (int panel = 0; panel < _panels.Parts; panel++)
            {
                int row = _panels.Start(panel) * TSimd.Count;
                operands.Vectors = _panels.Size(panel);
                operands.AStep = operands.Vectors * TSimd.Count;
                operands.A = _packed + ((nint)row * _matrix.Depth) + (_blocks.Start(block) * operands.AStep);
                operands.RowsInLastVector = Math.Min(operands.Vectors * TSimd.Count, _matrix.Lines - row)
                    - ((operands.Vectors - 1) * TSimd.Count);
                for (int tile = 0; tile < tiles.Count; tile++)
                {
                    int column = tiles.Start(tile);
                    operands.B = b + (column * bColumn) + _blocks.Start(block);
                    operands.C = c + (column * cColumn) + row;
                    RegisterTile<TSimd, TVector, T>.Multiply(operands, tiles.Size(tile));
                }
            }
        }
    }

    private void MultiplyColumn(T* b, T* c, bool accumulate)
    {
        if (_matrix.LineStep != 1)
        {
            VectorJob<TSimd, TVector, T>.Run(_matrix, b, c, accumulate, ForkJoin.Alone);
            return;
        }

        const int Most = RegisterColumn<TSimd, TVector, T>.MaxVectors;
        for (int line = 0; line < _matrix.Lines; line += Most * TSimd.Count)
        {
            int lines = Math.Min(Most * TSimd.Count, _matrix.Lines - line);
            RegisterColumn<TSimd, TVector, T>.Multiply(
                _matrix.Part(line, lines, 0, _matrix.Depth), b, c + line, accumulate);
        }
    }

    private static int Vectors(int lines) => ((lines - 1) / TSimd.Count) + 1;

    private void Pack()
    {
        for (int panel = 0; panel < _panels.Parts; panel++)
        {
            int row = _panels.Start(panel) * TSimd.Count;
            int width = _panels.Size(panel) * TSimd.Count;
            int rows = Math.Min(width, _matrix.Lines - row);
            T* target = _packed + ((nint)row * _matrix.Depth);
            if (rows < width)
            {
                // What the tiles compute of these rows never reaches C, but denormal numbers would be slow.
                new Span<T>(target, width * _matrix.Depth).Clear();
            }

            StripPacker.Pack(_matrix.Part(row, rows, 0, _matrix.Depth), target, width);
        }
    }
}
