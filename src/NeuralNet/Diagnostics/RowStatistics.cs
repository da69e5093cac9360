using System.Numerics;
using System.Numerics.Tensors;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Diagnostics;

/// <summary>Least, greatest and root mean square of every row, over the columns seen.</summary>
internal sealed class RowStatistics<T>(int rows)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T[] _least = new T[rows];
    private readonly T[] _most = new T[rows];
    private readonly double[] _squares = new double[rows];

    /// <summary>Columns seen.</summary>
    public int Count { get; private set; }

    /// <summary>Number of rows.</summary>
    public int Rows => rows;

    public double Least(int row) => double.CreateChecked(_least[row]);

    public double Most(int row) => double.CreateChecked(_most[row]);

    /// <summary>√(mean of x²).</summary>
    public double RootMeanSquare(int row) => Math.Sqrt(_squares[row] / Count);

    public bool IsConstant(int row) => _least[row] == _most[row];

    /// <summary>The least element of all rows.</summary>
    public double LeastOfAll() => double.CreateChecked(_least.Min());

    /// <summary>The greatest element of all rows.</summary>
    public double MostOfAll() => double.CreateChecked(_most.Max());

    public void Add(ReadOnlyMatrixSpan<T> columns)
    {
        for (int j = 0; j < columns.Columns; j++)
        {
            ReadOnlySpan<T> column = columns.Column(j);
            if (Count++ == 0)
            {
                column.CopyTo(_least);
                column.CopyTo(_most);
            }

            TensorPrimitives.Min(column, _least, _least);
            TensorPrimitives.Max(column, _most, _most);
            for (int i = 0; i < column.Length; i++)
            {
                double value = double.CreateChecked(column[i]);
                _squares[i] += value * value;
            }
        }
    }
}
