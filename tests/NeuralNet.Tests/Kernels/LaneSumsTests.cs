using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using NeuralNet.Kernels;

namespace NeuralNet.Tests.Kernels;

/// <summary>
/// Sums have the bits that their definition gives, in scalars: so they do not depend on the width of the vectors, with
/// each of which these tests are run.
/// </summary>
public sealed class LaneSumsTests
{
    private static readonly bool _isFused = Fma.IsSupported || AdvSimd.IsSupported;

    public static TheoryData<int> Lengths { get; } =
        [0, 1, 2, 3, 4, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129, 200, 1000];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sums_of_float_are_those_of_sixteen_lanes(int length) => Check<float>(length);

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Sums_of_double_are_those_of_eight_lanes(int length) => Check<double>(length);

    // Without vectors a line is one sum in the order of its elements; plain loops round each product.
    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_product_of_lines_and_a_vector_adds_in_the_same_lanes(int length)
    {
        if (length == 0)
        {
            return;
        }

        // As many lines as are computed together at some width, and some more.
        foreach (int lines in (int[])[2, 3, 8, 11])
        {
            float[] matrix = Numbers<float>(length * lines, seed: 3);
            float[] vector = Numbers<float>(length, seed: 4);
            float[] result = new float[lines];
            MatrixProduct.Multiply<float>(
                Transpose.Yes,
                new(matrix, length, lines),
                Transpose.No,
                new(vector, length, 1),
                new(result, lines, 1),
                accumulate: false,
                ForkJoin.Alone);
            for (int line = 0; line < lines; line++)
            {
                float[] row = matrix[(line * length)..((line + 1) * length)];
                float expected = length == 1 ? row[0] * vector[0] : OneRun(row, vector);
                result[line].Should().Be(expected, $"of line {line} of {lines}");
            }
        }
    }

    [Fact]
    public void A_sum_with_NaN_is_NaN()
    {
        double[] x = Numbers<double>(70, seed: 5);
        for (int i = 0; i < x.Length; i++)
        {
            double[] broken = [.. x];
            broken[i] = double.NaN;
            LaneSums.Sum<double>(broken).Should().Be(double.NaN);
            LaneSums.Dot<double>(broken, x).Should().Be(double.NaN);
            LaneSums.SumOfSquares<double>(broken).Should().Be(double.NaN);
            LaneSums.SumOfMagnitudes<double>(broken).Should().Be(double.NaN);
        }
    }

    [Fact]
    public void Factors_of_different_lengths_are_refused() => FluentActions.Invoking(
        () => LaneSums.Dot<float>(new float[3], new float[4])).Should().Throw<ArgumentException>();

    private static void Check<T>(int length)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] x = Numbers<T>(length, seed: 1);
        T[] y = Numbers<T>(length, seed: 2);
        LaneSums.Sum<T>(x).Should().Be(FourRuns(x, x, (sum, a, _) => sum + a));
        LaneSums.Dot<T>(x, y).Should().Be(FourRuns(x, y, AddProduct));
        LaneSums.SumOfSquares<T>(x).Should().Be(FourRuns(x, x, AddProduct));
        LaneSums.SumOfMagnitudes<T>(x).Should().Be(FourRuns(x, x, (sum, a, _) => sum + T.Abs(a)));
        Elementwise.SumOfExponentials<T>(x).Should().Be(Fold(InLanes(Exponentials(x))));
    }

    private static T FourRuns<T>(T[] x, T[] y, Func<T, T, T, T> add)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lanes = 64 / Unsafe.SizeOf<T>();
        T[][] runs = [new T[lanes], new T[lanes], new T[lanes], new T[lanes]];
        int whole = x.Length - (x.Length % lanes);
        int inFours = x.Length - (x.Length % (4 * lanes));
        for (int i = 0; i < (x.Length == whole ? whole : whole + lanes); i++)
        {
            int run = i >= whole ? 1 : i >= inFours ? 0 : i / lanes % 4;
            (T a, T b) = i < x.Length ? (x[i], y[i]) : (T.Zero, T.Zero);
            runs[run][i % lanes] = add(runs[run][i % lanes], a, b);
        }

        return Fold([.. runs[0].Select((_, k) => runs[0][k] + runs[1][k] + (runs[2][k] + runs[3][k]))]);
    }

    private static float OneRun(float[] x, float[] y)
    {
        float[] sums = new float[Vector128.IsHardwareAccelerated ? 16 : 1];
        for (int i = 0; i < x.Length; i++)
        {
            ref float sum = ref sums[i % sums.Length];
            sum = PlainKernels.AreUsed ? sum + (x[i] * y[i]) : AddProduct(sum, x[i], y[i]);
        }

        return Fold(sums);
    }

    private static T[] InLanes<T>(T[] x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var sums = new T[64 / Unsafe.SizeOf<T>()];
        for (int i = 0; i < x.Length; i++)
        {
            sums[i % sums.Length] += x[i];
        }

        return sums;
    }

    private static T[] Exponentials<T>(T[] x)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T[] result = new T[x.Length];
        for (int i = 0; i < x.Length; i++)
        {
            result[i] = Elementwise.SumOfExponentials<T>([x[i]]);
        }

        return result;
    }

    private static T Fold<T>(T[] lanes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        while (lanes.Length > 1)
        {
            int half = lanes.Length / 2;
            lanes = [.. lanes[..half].Select((value, k) => value + lanes[half + k])];
        }

        return lanes[0];
    }

    private static T AddProduct<T>(T sum, T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        _isFused ? T.FusedMultiplyAdd(a, b, sum) : sum + (a * b);

    private static T[] Numbers<T>(int count, int seed)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating((random.NextDouble() * 4) - 2))];
    }
}
