using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NeuralNet.Safetensors;

/// <summary>Memory for a block of a tensor, as numbers and as bytes, shared by all tensors of a file.</summary>
internal sealed class TensorScratch
{
    private byte[] _numbers = [];
    private byte[] _encoded = [];

    /// <summary>Room for a number of numbers, with any content.</summary>
    public Span<T> Numbers<T>(int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Room(ref _numbers, count * Unsafe.SizeOf<T>()));

    /// <summary>Room for a number of bytes, with any content.</summary>
    public Span<byte> Encoded(int length) => Room(ref _encoded, length);

    private static Span<byte> Room(ref byte[] array, int length)
    {
        if (array.Length < length)
        {
            array = GC.AllocateUninitializedArray<byte>(length);
        }

        return array.AsSpan(0, length);
    }
}
