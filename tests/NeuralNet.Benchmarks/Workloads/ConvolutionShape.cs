namespace NeuralNet.Benchmarks.Workloads;

/// <summary>A convolution of square images with square kernels, stride 1.</summary>
/// <param name="Side">Rows and columns of the input.</param>
/// <param name="Channels">Channels of the input.</param>
/// <param name="Filters">Number of filters.</param>
/// <param name="Kernel">Rows and columns of the kernel, odd.</param>
/// <param name="KeepsSize">Whether padding gives the output the size of the input; there is none otherwise.</param>
internal sealed record ConvolutionShape(int Side, int Channels, int Filters, int Kernel, bool KeepsSize)
{
    /// <summary>The shapes that are measured: those of common image networks.</summary>
    public static IReadOnlyList<ConvolutionShape> Measured { get; } =
    [
        new(16, 64, 64, Kernel: 3, KeepsSize: true),
        new(8, 128, 128, Kernel: 3, KeepsSize: true),
        new(32, 32, 32, Kernel: 3, KeepsSize: true),
        new(32, 3, 64, Kernel: 5, KeepsSize: true),
        new(28, 1, 32, Kernel: 3, KeepsSize: false),
        new(13, 32, 64, Kernel: 3, KeepsSize: false),
        new(28, 1, 6, Kernel: 5, KeepsSize: false),
        new(12, 6, 16, Kernel: 5, KeepsSize: false),
    ];

    /// <summary>Rows and columns of zeros on each side.</summary>
    public int Padding => KeepsSize ? Kernel / 2 : 0;

    /// <summary>Rows and columns of the output.</summary>
    public int OutputSide => Side + (2 * Padding) - Kernel + 1;

    /// <summary>
    /// Floating-point operations of each of the three products for one sample, those with zeros of the padding
    /// included.
    /// </summary>
    public double Operations => 2.0 * OutputSide * OutputSide * Kernel * Kernel * Channels * Filters;

    public override string ToString() =>
        $"{Side}×{Side}×{Channels}→{Filters}, {Kernel}×{Kernel}{(KeepsSize ? ", padded" : "")}";
}
