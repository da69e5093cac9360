using System.Numerics;
using NeuralNet.Guards;
using NeuralNet.Layers;
using NeuralNet.LinearAlgebra;
using NeuralNet.Networks;

namespace NeuralNet.Explanations;

/// <summary>The integral of a network's input gradient on the straight line from a baseline to each input.</summary>
internal static class GradientPath
{
    /// <summary>
    /// The attributions of the inputs: (x − x′)ᵢ·∫ ∂F/∂xᵢ(x′ + α(x − x′)) dα for α from 0 to 1, inputs × batch.
    /// </summary>
    /// <exception cref="ArgumentException">The path would lead through numbers that are no category.</exception>
    public static double[] Integrate<T>(
        Network<T> network,
        ReadOnlyMatrixSpan<T> inputs,
        ReadOnlySpan<T> baseline,
        int output,
        IntegrationOptions options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        RequireSameCategories(network, inputs, baseline);
        (double[] points, double[] weights) = GaussLegendre.Rule(options.Steps);
        var gradients = new InputGradients<T>(network, output, options.Threads ?? Environment.ProcessorCount);
        int rows = inputs.Rows;
        double[] attributions = new double[ElementCount.Of(rows, inputs.Columns, "The attributions")];
        int blockSize = Math.Min(gradients.BlockSize, points.Length);
        T[] path = new T[rows * blockSize];
        T[] gradient = new T[path.Length];
        for (int j = 0; j < inputs.Columns; j++)
        {
            ReadOnlySpan<T> input = inputs.Column(j);
            Span<double> sums = attributions.AsSpan(j * rows, rows);
            for (int start = 0; start < points.Length; start += blockSize)
            {
                int count = Math.Min(blockSize, points.Length - start);
                for (int k = 0; k < count; k++)
                {
                    MovePoint(baseline, input, points[start + k], path.AsSpan(k * rows, rows));
                }

                gradients.Compute(
                    new ReadOnlyMatrixSpan<T>(path.AsSpan(0, rows * count), rows, count),
                    new MatrixSpan<T>(gradient.AsSpan(0, rows * count), rows, count));
                for (int k = 0; k < count; k++)
                {
                    for (int i = 0; i < rows; i++)
                    {
                        sums[i] += weights[start + k] * double.CreateChecked(gradient[(k * rows) + i]);
                    }
                }
            }

            for (int i = 0; i < rows; i++)
            {
                sums[i] *= double.CreateChecked(input[i]) - double.CreateChecked(baseline[i]);
            }
        }

        return attributions;
    }

    // Where both ends are the same, so is every point, to the bit: as of a category.
    private static void MovePoint<T>(ReadOnlySpan<T> from, ReadOnlySpan<T> to, double share, Span<T> point)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T alpha = T.CreateChecked(share);
        for (int i = 0; i < point.Length; i++)
        {
            point[i] = from[i] + (alpha * (to[i] - from[i]));
        }
    }

    private static void RequireSameCategories<T>(
        Network<T> network, ReadOnlyMatrixSpan<T> inputs, ReadOnlySpan<T> baseline)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool[] areCategories = CategoryRows.Of(network.Body);
        for (int j = 0; j < inputs.Columns; j++)
        {
            for (int i = 0; i < areCategories.Length; i++)
            {
                if (areCategories[i] && inputs[i, j] != baseline[i])
                {
                    throw new ArgumentException(
                        string.Create(
                            System.Globalization.CultureInfo.InvariantCulture,
                            $"Input {i} is the number of a category or of steps, {inputs[i, j]} in sample {j} and ")
                        + string.Create(
                            System.Globalization.CultureInfo.InvariantCulture,
                            $"{baseline[i]} in the baseline, and between the two there is no path. Give a baseline ")
                        + "that has the same there; the input then has no part in the difference.",
                        nameof(inputs));
                }
            }
        }
    }
}
