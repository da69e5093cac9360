using System.Buffers.Binary;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace NeuralNet.Data;

/// <summary>
/// The contents of an IDX file: an array of any number of dimensions, the first of which counts samples.
/// </summary>
public sealed class IdxArray
{
    private readonly int[] _dimensions;
    private readonly byte[] _bytes;

    internal IdxArray(IdxElementType elementType, int[] dimensions, byte[] bytes)
    {
        ElementType = elementType;
        _dimensions = dimensions;
        _bytes = bytes;
    }

    /// <summary>The type of the elements.</summary>
    public IdxElementType ElementType { get; }

    /// <summary>The dimensions: samples first, then for images rows and columns.</summary>
    public IReadOnlyList<int> Dimensions => _dimensions;

    /// <summary>Number of elements, over all dimensions.</summary>
    public int Count => _bytes.Length / ElementSize(ElementType);

    /// <summary>Number of samples: the first dimension, or 1 if there are no dimensions.</summary>
    public int SampleCount => _dimensions.Length == 0 ? 1 : _dimensions[0];

    /// <summary>
    /// The elements as stored in the file, the last dimension varying fastest; numbers are big-endian.
    /// </summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>
    /// One element, indexed over all dimensions with the last varying fastest; a double can hold every type.
    /// </summary>
    /// <param name="index">Index of the element, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public double this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            ReadOnlySpan<byte> at = _bytes.AsSpan(index * ElementSize(ElementType));
            return ElementType switch
            {
                IdxElementType.UnsignedByte => at[0],
                IdxElementType.SignedByte => (sbyte)at[0],
                IdxElementType.Int16 => BinaryPrimitives.ReadInt16BigEndian(at),
                IdxElementType.Int32 => BinaryPrimitives.ReadInt32BigEndian(at),
                IdxElementType.Single => BinaryPrimitives.ReadSingleBigEndian(at),
                _ => BinaryPrimitives.ReadDoubleBigEndian(at),
            };
        }
    }

    /// <summary>Dimensions and type of the elements, as readable text.</summary>
    /// <returns>For example <c>60000 × 28 × 28 of UnsignedByte</c>.</returns>
    public override string ToString() => $"{string.Join(" × ", _dimensions)} of {ElementType}";

    /// <summary>Converts the elements to numbers, each multiplied by a scale.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="scale">The factor, such as 1/255 for pixels.</param>
    /// <returns>A matrix with a sample per column, in the order of the file: features × samples.</returns>
    /// <exception cref="InvalidOperationException">The array has no samples or no features.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale of bytes is not finite.</exception>
    public Matrix<T> ToMatrix<T>(double scale = 1)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (Count == 0)
        {
            throw NoMatrix();
        }

        if (ElementType == IdxElementType.UnsignedByte)
        {
            return ToBytes(scale).ToMatrix<T>();
        }

        var values = new T[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateChecked(this[i] * scale);
        }

        return Matrix<T>.Build.Dense(Count / SampleCount, SampleCount, values);
    }

    /// <summary>
    /// The elements as bytes with a scale, for a data set that keeps them so: a quarter of the memory of floats.
    /// </summary>
    /// <param name="scale">The factor; 1/255 unless given.</param>
    /// <returns>A matrix with a sample per column, which shares this array's memory.</returns>
    /// <exception cref="InvalidOperationException">
    /// The elements are not unsigned bytes, or there are no samples or no features.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not finite.</exception>
    public ByteMatrix ToBytes(double scale = ByteMatrix.PixelScale)
    {
        if (ElementType != IdxElementType.UnsignedByte)
        {
            throw new InvalidOperationException(
                $"This array holds {ElementType} numbers, not unsigned bytes; read them with ToMatrix.");
        }

        return Count == 0 ? throw NoMatrix() : new(_bytes, Count / SampleCount, SampleCount, scale);
    }

    /// <summary>Reads the elements as class labels.</summary>
    /// <returns>A label per element.</returns>
    /// <exception cref="InvalidOperationException">The elements are not integers.</exception>
    public int[] ToLabels()
    {
        if (ElementType is IdxElementType.Single or IdxElementType.Double)
        {
            throw new InvalidOperationException($"Labels are integers, but this array holds {ElementType} numbers.");
        }

        var labels = new int[Count];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = (int)this[i];
        }

        return labels;
    }

    /// <summary>Number of bytes of an element.</summary>
    internal static int ElementSize(IdxElementType type) => type switch
    {
        IdxElementType.UnsignedByte or IdxElementType.SignedByte => 1,
        IdxElementType.Int16 => 2,
        IdxElementType.Int32 or IdxElementType.Single => 4,
        IdxElementType.Double => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No element type of the IDX format."),
    };

    private InvalidOperationException NoMatrix() =>
        new($"An IDX array of {string.Join(" × ", _dimensions)} has no elements, so there is no matrix of it.");
}
