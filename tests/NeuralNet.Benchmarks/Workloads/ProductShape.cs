namespace NeuralNet.Benchmarks.Workloads;

/// <summary>The shape of a product: C (m × n) = op(A) (m × k) · op(B) (k × n).</summary>
/// <param name="M">Rows of C.</param>
/// <param name="N">Columns of C.</param>
/// <param name="K">The dimension that is summed over.</param>
internal sealed record ProductShape(int M, int N, int K)
{
    /// <summary>The shapes that are measured.</summary>
    public static IReadOnlyList<ProductShape> Measured { get; } =
    [
        new(128, 32, 784),
        new(128, 128, 784),
        new(512, 256, 784),
        new(1024, 1024, 1024),
        new(2048, 2048, 2048),
        new(10, 128, 128),
    ];

    /// <summary>Floating-point operations of a product.</summary>
    public double Operations => 2.0 * M * N * K;

    /// <summary>Reads a name such as 128×32×784.</summary>
    public static ProductShape Parse(string name)
    {
        int[] sizes = Array.ConvertAll(name.Split('×'), int.Parse);
        return new(sizes[0], sizes[1], sizes[2]);
    }

    public override string ToString() => $"{M}×{N}×{K}";
}
