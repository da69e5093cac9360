using System.Numerics;
using System.Text.Json.Nodes;
using NeuralNet.Benchmarks.Measuring;
using NeuralNet.Benchmarks.Report;
using NeuralNet.Benchmarks.Workloads;

namespace NeuralNet.Benchmarks.Rows;

/// <summary>The matrix product on one thread: against the core's peak, and against OpenBLAS by way of numpy.</summary>
internal sealed class ProductRows : ISubject
{
    private const double LeastRatio = 1.0;
    private const double LeastShareOfPeak = 0.9;

    private static readonly (bool A, bool B)[] _transposes = [(false, false), (true, false), (false, true)];

    public void Measure(Bench bench)
    {
        MeasurePeak(bench);
        using PeerProcess numpy = bench.StartPython("numpy_peer.py", ThreadSettings.One);
        Table table = bench.Report.Add(new("Matrix product, 1 thread", "NeuralNet", "numpy"));
        MeasureAll<float>(bench, numpy, table);
        MeasureAll<double>(bench, numpy, table);
    }

    private static void MeasurePeak(Bench bench)
    {
        Table table = bench.Report.Add(new(
            "Matrix product as a share of the core's peak, 1 thread", "NeuralNet", PeakShare.Peer));
        var shape = new ProductShape(2048, 2048, 2048);
        var product = new ProductCase<float>(shape, transposeA: false, transposeB: false);
        PeakShare.Measure(bench, table, $"{shape} float", shape.Operations, product.Multiply, LeastShareOfPeak);
    }

    private static void MeasureAll<T>(Bench bench, PeerProcess numpy, Table table)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        string type = typeof(T) == typeof(float) ? "float" : "double";
        foreach (ProductShape shape in ProductShape.Measured)
        {
            foreach ((bool transposeA, bool transposeB) in _transposes)
            {
                var product = new ProductCase<T>(shape, transposeA, transposeB);
                string name = $"{shape} {type}, {(transposeA ? "Aᵀ·B" : transposeB ? "A·Bᵀ" : "A·B")}";
                SetUp(numpy, name, shape, transposeA, transposeB, product, bench.Files);
                Outcome outcome = bench.Comparison.Compare(new InProcessSide(product.Multiply), new PeerSide(numpy));
                table.Add(name, outcome, LeastRatio);
            }
        }
    }

    /// <summary>
    /// Gives numpy the same factors in the same layout and compares a column of the result with ours.
    /// </summary>
    private static void SetUp<T>(
        PeerProcess numpy,
        string name,
        ProductShape shape,
        bool transposeA,
        bool transposeB,
        ProductCase<T> product,
        TemporaryFolder files)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        (string a, string b) = product.Write(files);
        JsonObject answer = numpy.Ask(new()
        {
            ["command"] = "product",
            ["type"] = typeof(T) == typeof(float) ? "float32" : "float64",
            ["m"] = shape.M,
            ["n"] = shape.N,
            ["k"] = shape.K,
            ["transpose_a"] = transposeA,
            ["transpose_b"] = transposeB,
            ["a"] = a,
            ["b"] = b,
        });
        product.Multiply();
        double[] firstColumn = [.. product.C[..shape.M].ToArray().Select(double.CreateChecked)];
        Agreement.Require($"The product {name}", firstColumn, answer["first_column"], tolerance: 1e-3);
    }
}
