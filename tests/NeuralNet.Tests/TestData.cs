using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Data;
using NeuralNet.Randomness;

namespace NeuralNet.Tests;

/// <summary>Small random matrices and data sets, the same for the same seed.</summary>
internal static class TestData
{
    public static Matrix<T> Uniform<T>(int rows, int columns, int seed, double from = -1, double to = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Random random = RandomStream.FromSeed(seed).CreateGenerator();
        return Matrix<T>.Build.Dense(
            rows, columns, (_, _) => T.CreateChecked(from + ((to - from) * random.NextDouble())));
    }

    /// <summary>Columns that are positive and sum to 1.</summary>
    public static Matrix<double> Distributions(int rows, int columns, int seed)
    {
        Matrix<double> matrix = Uniform<double>(rows, columns, seed, 0.1, 1);
        return matrix.NormalizeColumns(1);
    }

    /// <summary>Points in the unit square, class 1 above the diagonal: learnable in no time.</summary>
    public static DataSet<T> Diagonal<T>(int count, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Matrix<T> inputs = Uniform<T>(2, count, seed, 0, 1);
        int[] labels = Enumerable.Range(0, count).Select(j => inputs[1, j] > inputs[0, j] ? 1 : 0).ToArray();
        return DataSet.FromLabels(inputs, labels, 2);
    }
}
