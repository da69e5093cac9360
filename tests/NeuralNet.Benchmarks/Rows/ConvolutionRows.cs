using NeuralNet.Benchmarks.Report;
using NeuralNet.Benchmarks.Workloads;

namespace NeuralNet.Benchmarks.Rows;

/// <summary>The three products of a convolution on one thread as shares of the core's peak.</summary>
internal sealed class ConvolutionRows : ISubject
{
    public void Measure(Bench bench)
    {
        MeasureProduct(bench, "forward", convolution => convolution.Forward);
        MeasureProduct(bench, "gradient of the weights", convolution => convolution.WeightGradient);
        MeasureProduct(bench, "gradient of the input", convolution => convolution.InputGradient);
    }

    private static void MeasureProduct(Bench bench, string name, Func<ConvolutionCase, Action> product)
    {
        Table table = bench.Report.Add(new(
            $"Convolution as a share of the core's peak, 1 thread: {name}", "NeuralNet", PeakShare.Peer));
        foreach (ConvolutionShape shape in ConvolutionShape.Measured)
        {
            var convolution = new ConvolutionCase(shape);
            PeakShare.Measure(bench, table, shape.ToString(), convolution.Operations, product(convolution));
        }
    }
}
