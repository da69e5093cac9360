using System.Buffers.Binary;
using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Serialization;

/// <summary>The bytes of a tensor: little-endian numbers, row after row, where our matrices are column after column.</summary>
internal static class TensorData
{
    private const int BufferElements = 1 << 13;

    /// <summary>The safetensors name of a number type.</summary>
    public static string Dtype<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float) ? "F32" : "F64";

    /// <summary>Writes a matrix in its own precision.</summary>
    public static unsafe void Write<T>(Stream stream, ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        byte[] buffer = new byte[BufferElements * sizeof(T)];
        int filled = 0;
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
            {
                Span<byte> at = buffer.AsSpan(filled, sizeof(T));
                if (typeof(T) == typeof(float))
                {
                    BinaryPrimitives.WriteSingleLittleEndian(at, float.CreateTruncating(matrix[i, j]));
                }
                else
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(at, double.CreateTruncating(matrix[i, j]));
                }

                filled += sizeof(T);
                if (filled == buffer.Length)
                {
                    stream.Write(buffer);
                    filled = 0;
                }
            }
        }

        stream.Write(buffer, 0, filled);
    }

    /// <summary>Reads a matrix of the given element size, rounding to <typeparamref name="T"/> if need be; false at the end.</summary>
    public static bool TryRead<T>(Stream stream, int elementSize, MatrixSpan<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        byte[] buffer = new byte[BufferElements * elementSize];
        long left = (long)matrix.Values.Length * elementSize;
        int filled = 0;
        int next = 0;
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
            {
                if (next == filled)
                {
                    filled = (int)Math.Min(left, buffer.Length);
                    if (stream.ReadAtLeast(buffer.AsSpan(0, filled), filled, throwOnEndOfStream: false) < filled)
                    {
                        return false;
                    }

                    left -= filled;
                    next = 0;
                }

                ReadOnlySpan<byte> at = buffer.AsSpan(next, elementSize);
                matrix[i, j] = elementSize == sizeof(float)
                    ? T.CreateTruncating(BinaryPrimitives.ReadSingleLittleEndian(at))
                    : T.CreateTruncating(BinaryPrimitives.ReadDoubleLittleEndian(at));
                next += elementSize;
            }
        }

        return true;
    }
}
