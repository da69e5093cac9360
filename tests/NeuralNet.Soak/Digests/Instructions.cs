using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Soak.Digests;

/// <summary>The instructions of the processor on which the bits of a training depend.</summary>
internal static class Instructions
{
    /// <summary>The widest vectors in use, in bits; 0 for none.</summary>
    public static int VectorBits { get; } =
        Vector512.IsHardwareAccelerated ? 512
        : Vector256.IsHardwareAccelerated ? 256
        : Vector128.IsHardwareAccelerated ? 128
        : 0;

    /// <summary>Architecture, width of vectors, and fma if products are added unrounded: "x64-512-fma".</summary>
    public static string Name { get; } = string.Create(
        CultureInfo.InvariantCulture, $"{Architecture}-{VectorBits}{(HasFma ? "-fma" : "")}");

    private static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static bool HasFma => Fma.IsSupported || AdvSimd.IsSupported;
}
