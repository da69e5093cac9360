using System.Runtime.InteropServices;

namespace NeuralNet.Benchmarks.Peers.Torch;

/// <summary>The allocator of the C library, which libtorch takes its tensors from.</summary>
internal static partial class NativeAllocator
{
    // Names and values of <malloc.h>.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MostMappings = -4;
    private const int PadBytes = 1 << 28;

    /// <summary>
    /// Lets glibc keep the memory that is freed instead of giving it back to the system, from which every step of a
    /// training would have to fetch it again, page by page. Does nothing elsewhere.
    /// </summary>
    public static void KeepMemory()
    {
        try
        {
            _ = SetOption(MostMappings, 0);
            _ = SetOption(TrimThreshold, int.MaxValue);
            _ = SetOption(TopPad, PadBytes);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int parameter, int value);
}
