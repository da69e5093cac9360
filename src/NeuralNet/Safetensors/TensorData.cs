using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Safetensors;

/// <summary>
/// Reads and writes the bytes of a tensor: little-endian numbers row by row, while matrices in memory are column by
/// column.
/// </summary>
internal static class TensorData
{
    // Elements that are read or written at a time: a small share of the tensor, but many rows of a large one, for every
    // column that is gone to lies on another page.
    private const int ShortestBlock = 1 << 14;
    private const int LongestBlock = 1 << 20;
    private const int BlocksPerTensor = 128;

    /// <summary>Reads bytes until the span is full, or the stream ends.</summary>
    public delegate int ByteReader(Span<byte> destination);

    /// <summary>The element type that stores a number type.</summary>
    public static TensorElementType ElementType<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        typeof(T) == typeof(float) ? TensorElementType.F32 : TensorElementType.F64;

    /// <summary>The safetensors name of a number type.</summary>
    public static string Dtype<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => Dtype(ElementType<T>());

    /// <summary>The safetensors name of an element type.</summary>
    public static string Dtype(TensorElementType type) => type switch
    {
        TensorElementType.F16 => "F16",
        TensorElementType.F32 => "F32",
        TensorElementType.F64 => "F64",
        _ => throw new ArgumentOutOfRangeException(
            nameof(type), type, $"The element type must be F16, F32 or F64, but it is {type}."),
    };

    /// <summary>The number of bytes of an element.</summary>
    public static int Size(TensorElementType type) => type switch
    {
        TensorElementType.F16 => 2,
        TensorElementType.F32 => 4,
        _ => 8,
    };

    /// <summary>Refuses a tensor whose elements are no floating-point numbers that can be read.</summary>
    /// <exception cref="InvalidDataException">The element type is another.</exception>
    public static void RequireReadable(TensorEntry entry, string name)
    {
        if (entry.Dtype is not ("F64" or "F32" or "F16" or "BF16"))
        {
            throw new InvalidDataException(
                $"'{name}' holds {entry}; of element types, F64, F32, F16 and BF16 can be read.");
        }
    }

    /// <summary>Writes a matrix.</summary>
    /// <exception cref="InvalidOperationException">A finite number is beyond the element type.</exception>
    public static void Write<T>(
        Stream stream, ReadOnlyMatrixSpan<T> matrix, TensorElementType type, string name, TensorScratch scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> block = scratch.Numbers<T>(BlockLength(matrix.Values.Length));
        foreach ((int row, int rows, int column, int columns) in Blocks(matrix.Rows, matrix.Columns, block.Length))
        {
            Span<T> numbers = block[..(rows * columns)];
            RowMajor.CopyFrom(matrix, row, column, numbers, columns);
            if (IsStoredAs<T>(Dtype(type)))
            {
                stream.Write(MemoryMarshal.AsBytes(numbers));
                continue;
            }

            Span<byte> encoded = scratch.Encoded(numbers.Length * Size(type));
            if (!TryEncode(numbers, type, encoded))
            {
                throw new InvalidOperationException(
                    $"'{name}' has numbers that are beyond {Dtype(type)}: they would become infinite. Save it with "
                    + "more bits.");
            }

            stream.Write(encoded);
        }
    }

    /// <summary>Reads a matrix, rounding to <typeparamref name="T"/> if need be; false at the end.</summary>
    public static bool TryRead<T>(
        ByteReader read, string dtype, int elementSize, MatrixSpan<T> matrix, TensorScratch scratch)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool isStoredAsIs = IsStoredAs<T>(dtype);
        Span<T> block = scratch.Numbers<T>(BlockLength(matrix.Values.Length));
        foreach ((int row, int rows, int column, int columns) in Blocks(matrix.Rows, matrix.Columns, block.Length))
        {
            Span<T> numbers = block[..(rows * columns)];
            Span<byte> encoded =
                isStoredAsIs ? MemoryMarshal.AsBytes(numbers) : scratch.Encoded(numbers.Length * elementSize);
            if (read(encoded) < encoded.Length)
            {
                return false;
            }

            if (!isStoredAsIs)
            {
                Decode(encoded, dtype, numbers);
            }

            RowMajor.CopyTo(numbers, columns, matrix, row, column);
        }

        return true;
    }

    private static bool IsStoredAs<T>(string dtype)
        where T : unmanaged, IFloatingPointIeee754<T> => BitConverter.IsLittleEndian && dtype == Dtype<T>();

    private static int BlockLength(int length) =>
        Math.Min(length, Math.Clamp(length / BlocksPerTensor, ShortestBlock, LongestBlock));

    /// <summary>The blocks of a matrix in the order of a file: as many whole rows as fit, or pieces of a row.</summary>
    private static IEnumerable<(int Row, int Rows, int Column, int Columns)> Blocks(
        int rows, int columns, int blockLength)
    {
        int width = Math.Min(columns, blockLength);
        int height = width == columns ? Math.Max(1, blockLength / Math.Max(1, width)) : 1;
        for (int i = 0; i < rows; i += height)
        {
            for (int j = 0; j < columns; j += width)
            {
                yield return (i, Math.Min(height, rows - i), j, Math.Min(width, columns - j));
            }
        }
    }

    private static bool TryEncode<T>(ReadOnlySpan<T> values, TensorElementType type, Span<byte> bytes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        bool isWhole = true;
        for (int i = 0; i < values.Length; i++)
        {
            T value = values[i];
            switch (type)
            {
                case TensorElementType.F16:
                    Half half = Half.CreateTruncating(value);
                    isWhole &= Half.IsFinite(half) || !T.IsFinite(value);
                    BinaryPrimitives.WriteHalfLittleEndian(bytes[(2 * i)..], half);
                    break;
                case TensorElementType.F32:
                    float single = float.CreateTruncating(value);
                    isWhole &= float.IsFinite(single) || !T.IsFinite(value);
                    BinaryPrimitives.WriteSingleLittleEndian(bytes[(4 * i)..], single);
                    break;
                default:
                    BinaryPrimitives.WriteDoubleLittleEndian(bytes[(8 * i)..], double.CreateTruncating(value));
                    break;
            }
        }

        return isWhole;
    }

    private static void Decode<T>(ReadOnlySpan<byte> bytes, string dtype, Span<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = dtype switch
            {
                "F64" => T.CreateTruncating(BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * i)..])),
                "F32" => T.CreateTruncating(BinaryPrimitives.ReadSingleLittleEndian(bytes[(4 * i)..])),
                "F16" => T.CreateTruncating(BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * i)..])),
                // The upper half of a float.
                _ => T.CreateTruncating(BitConverter.UInt32BitsToSingle(
                    (uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16)),
            };
        }
    }
}
