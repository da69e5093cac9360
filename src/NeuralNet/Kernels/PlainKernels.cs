using System.Runtime.CompilerServices;

namespace NeuralNet.Kernels;

/// <summary>
/// Whether products are computed in plain loops over vectors of 128 bits, which is what an interpreter is fast at: it
/// inlines none of the small generic functions that the register tiles consist of.
/// </summary>
internal static class PlainKernels
{
    /// <summary>The name of a switch that has the plain loops used everywhere; for tests.</summary>
    public const string SwitchName = "NeuralNet.Kernels.Plain";

    private static readonly bool _forced = AppContext.TryGetSwitch(SwitchName, out bool isOn) && isOn;

    /// <summary>
    /// True where .NET interprets code. WebAssembly also has no fused multiply-add, which would be emulated there, one
    /// number after the other. A constant when code is compiled, so that the test costs nothing.
    /// </summary>
    public static bool IsInterpreted
    {
        // Else the compiler ahead of time leaves it a call, in the innermost loop of every product.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => OperatingSystem.IsBrowser() || OperatingSystem.IsWasi();
    }

    /// <summary>True where the plain loops are used.</summary>
    public static bool AreUsed => IsInterpreted || _forced;
}
