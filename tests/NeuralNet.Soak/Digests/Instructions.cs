using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NeuralNet.Soak.Digests;

/// <summary>The instructions of the processor that compute a training.</summary>
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

    /// <summary>
    /// What the bits of a training depend on: "fma" where products are added unrounded, whatever the processor and the
    /// width of its vectors; else as <see cref="Name"/>.
    /// </summary>
    public static string Rounding => HasFma && VectorBits > 0 ? "fma" : Name;

    private static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    private static bool HasFma => Fma.IsSupported || AdvSimd.IsSupported;
}
