using System.Numerics;
using System.Runtime.Intrinsics;
using NeuralNet.Kernels;

namespace NeuralNet.Tests.Kernels;

/// <summary>
/// The plain loops, which are used where code is interpreted, against the other kernels with vectors of 128 bits and no
/// multiply-add: every bit must be the same, and what is not part of the result untouched.
/// </summary>
public sealed unsafe class PlainProductTests
{
    private const int Guard = 9;

    private static readonly int[] _sides = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 33, 70];
    private static readonly int[] _depths = [1, 2, 3, 4, 5, 8, 70, 385, 900];

    public static TheoryData<int> Sides { get; } = new(_sides);

    [Theory]
    [MemberData(nameof(Sides))]
    public void A_matrix_has_the_bits_of_128_bit_vectors(int m)
    {
        foreach (int n in _sides)
        {
            foreach (int k in _depths)
            {
                CheckMatrix<float>(m, n, k);
                CheckMatrix<double>(m, n, k);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void Columns_found_by_offsets_have_the_bits_of_128_bit_vectors(int m)
    {
        foreach (int n in _sides)
        {
            foreach (int k in _depths)
            {
                CheckOffsets<float>(m, n, k);
                CheckOffsets<double>(m, n, k);
            }
        }
    }

    [Fact]
    public void A_product_with_a_hand_worked_result()
    {
        float[] a = [1, 2, 3, 4, 5, 6];
        float[] b = [1, 0, 2, -1, 1, 1];
        float[] c = [10, 10, 10, 10];
        fixed (float* left = a, right = b, result = c)
        {
            PlainProduct<float>.Multiply(
                new Factor<float>(left, 2, 3, 1, 2), new Factor<float>(right, 2, 3, 3, 1), result, accumulate: true);
        }

        // (1 3 5; 2 4 6) · (1 -1; 0 1; 2 1)
        c.Should().Equal(10 + 11, 10 + 14, 10 + 7, 10 + 8);
    }

    [Fact]
    public void The_plain_loops_are_used_everywhere_if_CI_says_so() =>
        PlainKernels.AreUsed.Should().Be(Environment.GetEnvironmentVariable("NEURALNET_PLAIN_KERNELS") == "1");

    private static void CheckMatrix<T>(int m, int n, int k)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random((m * 73) + (n * 31) + k);
        T[] left = Draw<T>(m * k, random), right = Draw<T>(n * k, random), old = Draw<T>((m * n) + Guard, random);
        fixed (T* a = left, b = right)
        {
            for (int form = 0; form < 8; form++)
            {
                bool accumulate = (form & 1) == 1;
                Factor<T> factorA = (form & 2) == 0 ? new(a, m, k, 1, m) : new(a, m, k, k, 1);
                Factor<T> factorB = (form & 4) == 0 ? new(b, n, k, k, 1) : new(b, n, k, 1, n);
                T[] expected = [.. old], actual = [.. old];
                fixed (T* c = expected)
                {
                    MultiplyWithVectors(factorA, factorB, c, accumulate);
                }

                fixed (T* c = actual)
                {
                    PlainProduct<T>.Multiply(factorA, factorB, c, accumulate);
                }

                AreSame(actual, expected).Should().BeTrue($"{typeof(T).Name} {m} × {n} × {k}, form {form}");
            }
        }
    }

    // As MatrixProduct chooses.
    private static void MultiplyWithVectors<T>(Factor<T> a, Factor<T> b, T* c, bool accumulate)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (b.Lines == 1)
        {
            VectorJob<UnfusedSimd128<T>, Vector128<T>, T>.Run(a, b.Origin, c, accumulate, ForkJoin.Alone);
        }
        else if (a.Lines == 1)
        {
            VectorJob<UnfusedSimd128<T>, Vector128<T>, T>.Run(b, a.Origin, c, accumulate, ForkJoin.Alone);
        }
        else
        {
            ProductJob<UnfusedSimd128<T>, Vector128<T>, T>.Run(a, b, c, accumulate, ForkJoin.Alone);
        }
    }

    private static void CheckOffsets<T>(int m, int n, int k)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var random = new Random((m * 37) + (n * 13) + k);
        int step = m + 3;
        T[] left = Draw<T>(m * k, random), right = Draw<T>(n + k, random);
        T[] old = Draw<T>((n * step) + Guard, random), added = Draw<T>(m, random);
        int[] columns = [.. Enumerable.Range(0, n).OrderBy(_ => random.Next())];
        int[] depths = [.. Enumerable.Range(0, k).OrderBy(_ => random.Next())];
        int[] targets = [.. columns.Select(column => column * step)];
        fixed (T* a = left, b = right, addend = added)
        fixed (int* columnOffsets = columns, depthOffsets = depths, cOffsets = targets)
        {
            var factorA = new Factor<T>(a, m, k, 1, m);
            var factorB = new OffsetFactor<T>(b, columnOffsets, n, depthOffsets);
            for (int form = 0; form < 3; form++)
            {
                T* column = form == 1 ? addend : null;
                T[] expected = [.. old], actual = [.. old];
                fixed (T* c = expected)
                {
                    OffsetProduct<UnfusedSimd128<T>, Vector128<T>, T>.Multiply(
                        factorA, a + left.Length, factorB, c, cOffsets, column, accumulate: form == 2);
                }

                fixed (T* c = actual)
                {
                    PlainProduct<T>.Multiply(factorA, factorB, c, cOffsets, column, accumulate: form == 2);
                }

                AreSame(actual, expected).Should().BeTrue($"{typeof(T).Name} {m} × {n} × {k}, form {form}");
            }
        }
    }

    private static T[] Draw<T>(int length, Random random)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, length).Select(_ => T.CreateChecked((random.NextDouble() * 2) - 1))];

    private static bool AreSame<T>(T[] actual, T[] expected)
        where T : unmanaged, IFloatingPointIeee754<T> => actual.AsSpan().SequenceEqual(expected);
}
