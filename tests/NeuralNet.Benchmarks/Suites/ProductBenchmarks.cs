using System.Numerics;
using BenchmarkDotNet.Attributes;
using NeuralNet.Benchmarks.Workloads;

namespace NeuralNet.Benchmarks.Suites;

/// <summary>The matrix product on one thread.</summary>
/// <typeparam name="T">float or double.</typeparam>
[MemoryDiagnoser]
[GenericTypeArguments(typeof(float))]
[GenericTypeArguments(typeof(double))]
public class ProductBenchmarks<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private ProductCase<T> _product = null!;

    /// <summary>All shapes, m×n×k.</summary>
    public IEnumerable<string> Shapes { get; } = [.. ProductShape.Measured.Select(shape => shape.ToString())];

    /// <summary>The shape, m×n×k.</summary>
    [ParamsSource(nameof(Shapes))]
    public string Shape { get; set; } = "";

    /// <summary>Which factor is stored as its transpose.</summary>
    [Params("none", "A", "B")]
    public string Transposed { get; set; } = "";

    /// <summary>Makes the matrices.</summary>
    [GlobalSetup]
    public void SetUp() => _product = new(ProductShape.Parse(Shape), Transposed == "A", Transposed == "B");

    /// <summary>Multiplies.</summary>
    [Benchmark]
    public void Multiply() => _product.Multiply();
}
