using System.Numerics;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Kernels;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Benchmarks.Workloads;

/// <summary>A product of random matrices, column after column in memory.</summary>
/// <param name="shape">The shape.</param>
/// <param name="transposeA">True if A is stored as its transpose.</param>
/// <param name="transposeB">True if B is stored as its transpose.</param>
internal sealed class ProductCase<T>(ProductShape shape, bool transposeA, bool transposeB)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ForkJoin _alone = new(threads: 1);
    private readonly T[] _a = RandomNumbers(1, shape.M * shape.K);
    private readonly T[] _b = RandomNumbers(2, shape.K * shape.N);
    private readonly T[] _c = new T[shape.M * shape.N];

    /// <summary>The result, column after column.</summary>
    public ReadOnlySpan<T> C => _c;

    /// <summary>Multiplies, on the calling thread alone.</summary>
    public void Multiply() => MatrixProduct.Multiply(
        transposeA ? Transpose.Yes : Transpose.No,
        transposeA ? new ReadOnlyMatrixSpan<T>(_a, shape.K, shape.M) : new(_a, shape.M, shape.K),
        transposeB ? Transpose.Yes : Transpose.No,
        transposeB ? new ReadOnlyMatrixSpan<T>(_b, shape.N, shape.K) : new(_b, shape.K, shape.N),
        new MatrixSpan<T>(_c, shape.M, shape.N),
        accumulate: false,
        _alone);

    /// <summary>Writes the factors to files for the other side.</summary>
    public (string A, string B) Write(TemporaryFolder files) => (files.Write<T>("a", _a), files.Write<T>("b", _b));

    private static T[] RandomNumbers(int seed, int count)
    {
        var random = new Random(seed);
        T[] numbers = new T[count];
        foreach (ref T number in numbers.AsSpan())
        {
            number = T.CreateChecked(random.NextDouble() - 0.5);
        }

        return numbers;
    }
}
