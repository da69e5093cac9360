using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Tests.Kernels;

/// <summary>
/// The kernels of batch normalization against their formulas in double, also where columns make several runs.
/// </summary>
public sealed class RowNormalizationTests
{
    private const double Epsilon = 1e-5;

    public static TheoryData<int, int> Sizes => new()
    {
        { 1, 1 }, { 3, 2 }, { 8, 5 }, { 1, 70_000 }, { 3, 30_000 }, { 37, 2500 }, { 64, 4096 }, { 3000, 40 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Outputs_and_gradients_are_those_of_the_formulas(int rows, int columns)
    {
        var operands = new Operands(rows, columns);
        Results results = operands.Compute(ForkJoin.Alone);
        for (int i = 0; i < rows; i++)
        {
            double[] x = operands.Row(operands.X, i);
            double[] g = operands.Row(operands.Gradient, i);
            double mean = x.Average();
            double variance = x.Average(value => (value - mean) * (value - mean));
            double inverse = 1 / Math.Sqrt(variance + Epsilon);
            double[] normalized = [.. x.Select(value => (value - mean) * inverse)];
            double sum = g.Sum();
            double product = g.Zip(normalized, (a, b) => a * b).Sum();
            double gamma = operands.Gamma[i];

            ShouldBeNear(results.Moments[i], mean, 1);
            ShouldBeNear(results.Moments[rows + i], variance, 1);
            ShouldBeNear(results.BetaGradient[i], sum, Math.Sqrt(columns));
            ShouldBeNear(results.GammaGradient[i], product, Math.Sqrt(columns));
            double[] outputs = operands.Row(results.Outputs, i);
            double[] gradients = operands.Row(results.InputGradient, i);
            for (int j = 0; j < columns; j++)
            {
                ShouldBeNear(outputs[j], (gamma * normalized[j]) + operands.Beta[i], 10);
                double gradient = gamma * inverse * (g[j] - (sum / columns) - (normalized[j] * product / columns));
                ShouldBeNear(gradients[j], gradient, 10 * Math.Abs(gamma * inverse));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_number_of_threads_changes_no_bit(int rows, int columns)
    {
        var operands = new Operands(rows, columns);
        Results alone = operands.Compute(ForkJoin.Alone);
        foreach (int threads in (int[])[2, 3, 8])
        {
            Results shared = operands.Compute(new ForkJoin(threads, productsWorthAPart: 1));
            shared.All.SequenceEqual(alone.All).Should().BeTrue($"{threads} threads must give the same bits");
        }
    }

    private static void ShouldBeNear(double actual, double expected, double magnitude)
    {
        if (!(Math.Abs(actual - expected) <= 1e-6 * Math.Max(magnitude, Math.Abs(expected))))
        {
            Assert.Fail($"{actual} is not {expected}.");
        }
    }

    private sealed record Results(
        float[] Outputs, float[] Moments, float[] GammaGradient, float[] BetaGradient, float[] InputGradient)
    {
        public IEnumerable<float> All => [.. Outputs, .. Moments, .. GammaGradient, .. BetaGradient, .. InputGradient];
    }

    private sealed class Operands(int rows, int columns)
    {
        private readonly Random _random = new(rows + columns);

        public float[] X => field ??= Draw(rows * columns, scale: 3);

        public float[] Gradient => field ??= Draw(rows * columns, scale: 1);

        public float[] Gamma => field ??= Draw(rows, scale: 2);

        public float[] Beta => field ??= Draw(rows, scale: 2);

        public double[] Row(float[] matrix, int row) =>
            [.. Enumerable.Range(0, columns).Select(j => (double)matrix[(j * rows) + row])];

        public Results Compute(ForkJoin team)
        {
            float[] outputs = Unwritten(rows * columns);
            float[] moments = Unwritten(rows * RowMoments<float>.Count);
            float[] gammaGradient = Unwritten(rows);
            float[] betaGradient = Unwritten(rows);
            float[] inputGradient = Unwritten(rows * columns);
            var x = new ReadOnlyMatrixSpan<float>(X, rows, columns);
            var memory = new RowMoments<float>(new MatrixSpan<float>(moments, rows, RowMoments<float>.Count));
            RowNormalization.Normalize(
                x, Gamma, Beta, new MatrixSpan<float>(outputs, rows, columns), memory, Epsilon, team);
            RowNormalization.Backward(
                x,
                new ReadOnlyMatrixSpan<float>(Gradient, rows, columns),
                Gamma,
                memory,
                areOfBatch: true,
                gammaGradient,
                betaGradient,
                new MatrixSpan<float>(inputGradient, rows, columns),
                team);
            return new(outputs, moments, gammaGradient, betaGradient, inputGradient);
        }

        private static float[] Unwritten(int length)
        {
            float[] memory = new float[length];
            Array.Fill(memory, float.NaN);
            return memory;
        }

        private float[] Draw(int length, double scale)
        {
            float[] numbers = new float[length];
            foreach (ref float number in numbers.AsSpan())
            {
                number = (float)(((2 * _random.NextDouble()) - 1) * scale);
            }

            return numbers;
        }
    }
}
