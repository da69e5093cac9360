using System.Numerics;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Tests.Kernels;

/// <summary>
/// The products against a naive one in double. CI runs these tests at every vector width, by switching the wider
/// instructions off.
/// </summary>
public sealed class MatrixProductTests
{
    private const int Guard = 5;

    private static readonly int[] _sides =
    [
        0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 23, 24, 25, 31, 33, 47, 48, 49, 70,
    ];
    private static readonly int[] _depths = [0, 1, 2, 3, 5, 8, 17, 70];

    /// <summary>
    /// Shapes that take every path: blocks of the depth, packing, one row, one column, few of either.
    /// </summary>
    private static readonly (int M, int N, int K)[] _shapes =
    [
        (1, 1, 1000), (1, 300, 700), (300, 1, 700), (10, 128, 128), (128, 32, 784), (30, 10, 784), (784, 30, 10),
        (10, 10, 2000),
        (513, 257, 300), (33, 900, 260), (900, 33, 405), (784, 2, 30), (2, 784, 31), (97, 550, 400),
        (1, 3000, 211), (3000, 1, 211), (130, 1, 4003), (1, 130, 4003),
    ];

    public static TheoryData<int> Sides { get; } = new(_sides);

    public static TheoryData<int, int, int> Shapes { get; } = MakeShapes();

    [Theory]
    [MemberData(nameof(Sides))]
    public void Every_tail_is_right(int m)
    {
        foreach (int n in _sides)
        {
            foreach (int k in _depths)
            {
                CheckAll<float>(m, n, k);
                CheckAll<double>(m, n, k);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_path_is_right(int m, int n, int k)
    {
        CheckAll<float>(m, n, k);
        CheckAll<double>(m, n, k);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_number_of_threads_changes_no_bit(int m, int n, int k)
    {
        CheckThreads<float>(m, n, k);
        CheckThreads<double>(m, n, k);
    }

    [Theory]
    [InlineData(10, 10, 30)]
    [InlineData(53, 21, 400)]
    [InlineData(17, 1, 100)]
    [InlineData(1, 33, 100)]
    [InlineData(600, 530, 20)]
    public void An_element_depends_on_its_own_row_and_column_alone(int m, int n, int k)
    {
        CheckIsolation<float>(m, n, k);
        CheckIsolation<double>(m, n, k);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        FluentActions.Invoking(() => MatrixProduct.Multiply(
                Transpose.No,
                new ReadOnlyMatrixSpan<float>(new float[6], 2, 3),
                Transpose.No,
                new ReadOnlyMatrixSpan<float>(new float[8], 4, 2),
                new MatrixSpan<float>(new float[4], 2, 2),
                accumulate: false,
                ForkJoin.Alone))
            .Should().Throw<ArgumentException>()
            .WithMessage("A product of 2 × 3 and 4 × 2 matrices cannot be a 2 × 2 matrix.");
        FluentActions.Invoking(() => MatrixProduct.Multiply(
                Transpose.Yes,
                new ReadOnlyMatrixSpan<float>(new float[6], 2, 3),
                Transpose.Yes,
                new ReadOnlyMatrixSpan<float>(new float[8], 4, 2),
                new MatrixSpan<float>(new float[9], 3, 3),
                accumulate: false,
                ForkJoin.Alone))
            .Should().Throw<ArgumentException>()
            .WithMessage("A product of 3 × 2 and 2 × 4 matrices cannot be a 3 × 3 matrix.");
    }

    private static TheoryData<int, int, int> MakeShapes()
    {
        var data = new TheoryData<int, int, int>();
        foreach ((int m, int n, int k) in _shapes)
        {
            data.Add(m, n, k);
        }

        return data;
    }

    private static void CheckAll<T>(int m, int n, int k)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var operands = new Operands<T>(m, n, k);
        foreach (bool accumulate in new[] { false, true })
        {
            (double[] expected, double[] magnitudes) = operands.Naive(accumulate);
            foreach (Transpose transposeA in Enum.GetValues<Transpose>())
            {
                foreach (Transpose transposeB in Enum.GetValues<Transpose>())
                {
                    T[] actual = operands.Multiply(transposeA, transposeB, accumulate, ForkJoin.Alone);
                    for (int i = 0; i < expected.Length; i++)
                    {
                        // k products and k sums, one more to add the old value, each rounded by ε/2; twice that leaves
                        // room for the rounding of the reference itself.
                        double bound = 2 * (k + 1) * Operands<T>.Epsilon * magnitudes[i];
                        double error = Math.Abs(double.CreateChecked(actual[i]) - expected[i]);
                        if (!(error <= bound))
                        {
                            Assert.Fail(
                                $"{typeof(T).Name} {transposeA}, {transposeB}, {m} × {n} × {k}, accumulate "
                                + $"{accumulate}: element ({i % m}, {i / m}) is {actual[i]}, not {expected[i]}.");
                        }
                    }
                }
            }
        }
    }

    private static void CheckThreads<T>(int m, int n, int k)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var operands = new Operands<T>(m, n, k);
        foreach (Transpose transposeA in Enum.GetValues<Transpose>())
        {
            foreach (Transpose transposeB in Enum.GetValues<Transpose>())
            {
                T[] expected = operands.Multiply(transposeA, transposeB, accumulate: true, ForkJoin.Alone);
                foreach (int threads in new[] { 2, 3, 8 })
                {
                    operands.Multiply(
                        transposeA, transposeB, accumulate: true, new ForkJoin(threads, productsWorthAPart: 1 << 17))
                        .AsSpan().SequenceEqual(expected).Should().BeTrue($"{threads} threads must give the same bits");
                }
            }
        }
    }

    private static void CheckIsolation<T>(int m, int n, int k)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (Transpose transposeA in Enum.GetValues<Transpose>())
        {
            foreach (Transpose transposeB in Enum.GetValues<Transpose>())
            {
                var operands = new Operands<T>(m, n, k);
                T[] clean = operands.Multiply(transposeA, transposeB, accumulate: false, ForkJoin.Alone);
                int row = m / 2;
                int column = n / 2;
                operands.Spoil(row, column);
                T[] spoilt = operands.Multiply(transposeA, transposeB, accumulate: false, ForkJoin.Alone);
                for (int i = 0; i < clean.Length; i++)
                {
                    bool isHit = i % m == row || i / m == column;
                    (isHit ? T.IsNaN(spoilt[i]) : spoilt[i] == clean[i]).Should().BeTrue($"element ({i % m}, {i / m})");
                }
            }
        }
    }

    /// <summary>op(A), op(B) and an old C, each in both layouts.</summary>
    private sealed class Operands<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int _m;
        private readonly int _n;
        private readonly int _k;
        private readonly T[] _a;
        private readonly T[] _b;
        private readonly T[] _c;

        public Operands(int m, int n, int k)
        {
            (_m, _n, _k) = (m, n, k);
            var random = new Random((m * 73) + (n * 31) + k);
            _a = Draw(m * k, random);
            _b = Draw(k * n, random);
            _c = Draw(m * n, random);
        }

        public static double Epsilon { get; } = double.CreateChecked(T.BitIncrement(T.One) - T.One);

        public void Spoil(int row, int column)
        {
            for (int p = 0; p < _k; p++)
            {
                _a[(p * _m) + row] = T.NaN;
                _b[(column * _k) + p] = T.NaN;
            }
        }

        /// <summary>
        /// The product and, element by element, Σ |aᵢₚ·bₚⱼ|, to which rounding errors are proportional.
        /// </summary>
        public (double[] Values, double[] Magnitudes) Naive(bool accumulate)
        {
            double[] a = Array.ConvertAll(_a, double.CreateChecked);
            double[] b = Array.ConvertAll(_b, double.CreateChecked);
            double[] values = accumulate ? Array.ConvertAll(_c, double.CreateChecked) : new double[_c.Length];
            double[] magnitudes = Array.ConvertAll(values, Math.Abs);
            for (int j = 0; j < _n; j++)
            {
                for (int p = 0; p < _k; p++)
                {
                    for (int i = 0; i < _m; i++)
                    {
                        double product = a[(p * _m) + i] * b[(j * _k) + p];
                        values[(j * _m) + i] += product;
                        magnitudes[(j * _m) + i] += Math.Abs(product);
                    }
                }
            }

            return (values, magnitudes);
        }

        /// <summary>Computes the product with the kernels, in memory whose surroundings must not change.</summary>
        public T[] Multiply(Transpose transposeA, Transpose transposeB, bool accumulate, ForkJoin team)
        {
            T guard = T.CreateChecked(12345);
            T[] framed = new T[_c.Length + (2 * Guard)];
            Array.Fill(framed, guard);
            Span<T> c = framed.AsSpan(Guard, _c.Length);
            _c.CopyTo(c);
            if (!accumulate)
            {
                c.Fill(T.NaN);
            }

            MatrixProduct.Multiply(
                transposeA,
                Lay(_a, _m, _k, transposeA),
                transposeB,
                Lay(_b, _k, _n, transposeB),
                new MatrixSpan<T>(c, _m, _n),
                accumulate,
                team);

            if (framed.AsSpan(0, Guard).ContainsAnyExcept(guard)
                || framed.AsSpan(Guard + c.Length).ContainsAnyExcept(guard))
            {
                Assert.Fail($"{transposeA}, {transposeB}, {_m} × {_n} × {_k}: wrote outside C.");
            }

            return c.ToArray();
        }

        private static ReadOnlyMatrixSpan<T> Lay(T[] values, int rows, int columns, Transpose transpose)
        {
            if (transpose == Transpose.No)
            {
                return new(values, rows, columns);
            }

            T[] transposed = new T[values.Length];
            for (int j = 0; j < columns; j++)
            {
                for (int i = 0; i < rows; i++)
                {
                    transposed[(i * columns) + j] = values[(j * rows) + i];
                }
            }

            return new(transposed, columns, rows);
        }

        private static T[] Draw(int length, Random random)
        {
            T[] values = new T[length];
            for (int i = 0; i < length; i++)
            {
                values[i] = T.CreateTruncating((random.NextDouble() * 2) - 1);
            }

            return values;
        }
    }
}
