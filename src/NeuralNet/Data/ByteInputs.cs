using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;
using NeuralNet.Preprocessing;

namespace NeuralNet.Data;

/// <summary>
/// Inputs that are kept as bytes and converted when they are read, by a table of the 256 numbers that bytes stand for:
/// one for all features, or one for each channel.
/// </summary>
internal sealed class ByteInputs<T> : SampleStore<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int Values = 256;

    private readonly ReadOnlyMemory<byte> _bytes;

    // The numbers of byte 0 in each channel, then those of byte 1, …
    private readonly T[] _table;
    private readonly int _channels;

    public ByteInputs(ByteMatrix matrix)
        : this(matrix.Bytes, matrix.RowCount, new T[Values], channels: 1)
    {
        for (int value = 0; value < Values; value++)
        {
            _table[value] = T.CreateChecked(value * matrix.Scale);
        }
    }

    private ByteInputs(ReadOnlyMemory<byte> bytes, int size, T[] table, int channels)
        : base(size)
    {
        _bytes = bytes;
        _table = table;
        _channels = channels;
    }

    /// <summary>True if every byte stands for a finite number.</summary>
    public bool IsFinite => System.Numerics.Tensors.TensorPrimitives.IsFiniteAll<T>(_table);

    /// <inheritdoc/>
    public override ReadOnlySpan<T> Read(int start, int count, scoped ref T[] scratch)
    {
        int length = ElementCount.Of(Size, count, "The numbers of bytes");
        if (scratch.Length < length)
        {
            scratch = new T[length];
        }

        Convert(_bytes.Span.Slice(start * Size, length), scratch);
        return scratch.AsSpan(0, length);
    }

    /// <inheritdoc/>
    public override void CopyTo(int sample, Span<T> destination) =>
        Convert(_bytes.Span.Slice(sample * Size, Size), destination[..Size]);

    /// <inheritdoc/>
    public override SampleStore<T> Select(int start, ReadOnlySpan<int> indices)
    {
        byte[] chosen = new byte[ElementCount.Of(Size, indices.Length, "A choice of inputs")];
        for (int i = 0; i < indices.Length; i++)
        {
            _bytes.Span.Slice((start + indices[i]) * Size, Size).CopyTo(chosen.AsSpan(i * Size));
        }

        return new ByteInputs<T>(chosen, Size, _table, _channels);
    }

    /// <inheritdoc/>
    public override SampleStore<T> Range(int start, int count) =>
        new ByteInputs<T>(_bytes.Slice(start * Size, count * Size), Size, _table, _channels);

    /// <inheritdoc/>
    public override SampleStore<T>? Transform(IChannelTransform transform)
    {
        int channels = transform.OfChannels.InputSize;
        if (transform.InputSize != Size || (_channels != 1 && _channels != channels))
        {
            return null;
        }

        T[] table = new T[Values * channels];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = _channels == 1 ? _table[i / channels] : _table[i];
        }

        transform.OfChannels.Transform<T>(
            new ReadOnlyMatrixSpan<T>(table, channels, Values), new MatrixSpan<T>(table, channels, Values));
        var transformed = new ByteInputs<T>(_bytes, Size, table, channels);
        return transformed.IsFinite ? transformed : null;
    }

    // Optimized from the first call on, because whole data sets are converted in one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Convert(ReadOnlySpan<byte> bytes, Span<T> numbers)
    {
        ReadOnlySpan<T> table = _table;
        int channels = _channels;
        if (channels == 1)
        {
            for (int i = 0; i < bytes.Length; i++)
            {
                numbers[i] = table[bytes[i]];
            }

            return;
        }

        for (int start = 0; start < bytes.Length; start += channels)
        {
            for (int channel = 0; channel < channels; channel++)
            {
                numbers[start + channel] = table[(bytes[start + channel] * channels) + channel];
            }
        }
    }
}
