using System.Runtime.Intrinsics;

namespace NeuralNet.Tests.Kernels;

public sealed class VectorWidthTests
{
    /// <summary>
    /// If CI switches instructions off, it says which width must be left, so that a switch that the runtime no longer
    /// knows does not go unnoticed.
    /// </summary>
    [Fact]
    public void The_vectors_are_no_wider_than_CI_expects()
    {
        if (Environment.GetEnvironmentVariable("NEURALNET_VECTOR_BITS") is { Length: > 0 } bits)
        {
            int widest = Vector512.IsHardwareAccelerated ? 512
                : Vector256.IsHardwareAccelerated ? 256
                : Vector128.IsHardwareAccelerated ? 128
                : 0;
            widest.Should().BeLessThanOrEqualTo(int.Parse(bits, System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
