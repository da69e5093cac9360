using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Layers;
using NeuralNet.Networks;

namespace NeuralNet.Onnx.Tests;

/// <summary>Random numbers, the same for the same seed.</summary>
internal static class TestData
{
    public static Matrix<T> Uniform<T>(int rows, int columns, int seed, double from = -3, double to = 3)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return Matrix<T>.Build.Dense(
            rows, columns, (_, _) => T.CreateTruncating(from + ((to - from) * random.NextDouble())));
    }

    /// <summary>
    /// Gives every parameter random values, so that none is what it was made as; variances are above 0.
    /// </summary>
    public static Network<T> Randomized<T>(Network<T> network, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        foreach (Parameter<T> parameter in network.Parameters)
        {
            bool isVariance = parameter.LocalName == "runningVariance";
            foreach (ref T value in parameter.Values)
            {
                value = T.CreateTruncating(isVariance ? 0.2 + random.NextDouble() : (1.6 * random.NextDouble()) - 0.8);
            }
        }

        return network;
    }

    /// <summary>The largest difference, relative where the numbers are above 1.</summary>
    public static double Difference<T>(Matrix<T> actual, Matrix<T> expected)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        actual.RowCount.Should().Be(expected.RowCount);
        actual.ColumnCount.Should().Be(expected.ColumnCount);
        double worst = 0;
        for (int j = 0; j < expected.ColumnCount; j++)
        {
            for (int i = 0; i < expected.RowCount; i++)
            {
                double reference = double.CreateTruncating(expected[i, j]);
                double difference = Math.Abs(double.CreateTruncating(actual[i, j]) - reference)
                    / Math.Max(1, Math.Abs(reference));
                worst = difference >= 0 ? Math.Max(worst, difference) : double.NaN;
            }
        }

        return worst;
    }
}
