using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace NeuralNet.Kernels;

/// <summary>Memory for a block of images with margins; none where the images have no margins.</summary>
internal readonly unsafe struct PaddedBlock<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly PaddedImage _image;
    private readonly T[]? _array;
    private readonly GCHandle _pin;

    /// <summary>Rents the memory and clears the margins.</summary>
    public PaddedBlock(PaddedImage image, int count)
    {
        _image = image;
        if (image.HasMargins)
        {
            int length = checked((int)(image.Size * count));
            _array = ArrayPool<T>.Shared.Rent(length);
            _array.AsSpan(0, length).Clear();
            _pin = GCHandle.Alloc(_array, GCHandleType.Pinned);
        }
    }

    /// <summary>Copies images into the memory.</summary>
    /// <returns>Where they are with their margins; the images themselves where they have none.</returns>
    public T* Fill(T* images, int count)
    {
        if (_array is null)
        {
            return images;
        }

        T* padded = (T*)_pin.AddrOfPinnedObject();
        _image.Fill(images, count, padded);
        return padded;
    }

    /// <summary>Returns the memory.</summary>
    public void Dispose()
    {
        if (_array is not null)
        {
            _pin.Free();
            ArrayPool<T>.Shared.Return(_array);
        }
    }
}
