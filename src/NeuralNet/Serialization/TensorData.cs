using System.Buffers.Binary;
using System.Numerics;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Serialization;

/// <summary>The bytes of a tensor: little-endian numbers, row after row, where our matrices are column after column.</summary>
internal static class TensorData
{
    /// <summary>The safetensors name of a number type.</summary>
    public static string Dtype<T>()
        where T : unmanaged, IFloatingPointIeee754<T> => typeof(T) == typeof(float) ? "F32" : "F64";

    /// <summary>Writes a matrix in its own precision.</summary>
    public static unsafe void Write<T>(Stream stream, ReadOnlyMatrixSpan<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        byte[] row = new byte[matrix.Columns * sizeof(T)];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
            {
                Span<byte> at = row.AsSpan(j * sizeof(T), sizeof(T));
                if (typeof(T) == typeof(float))
                {
                    BinaryPrimitives.WriteSingleLittleEndian(at, float.CreateTruncating(matrix[i, j]));
                }
                else
                {
                    BinaryPrimitives.WriteDoubleLittleEndian(at, double.CreateTruncating(matrix[i, j]));
                }
            }

            stream.Write(row);
        }
    }

    /// <summary>Reads a matrix of the given element size, rounding to <typeparamref name="T"/> if need be; false at the end.</summary>
    public static bool TryRead<T>(Stream stream, int elementSize, MatrixSpan<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        byte[] row = new byte[matrix.Columns * elementSize];
        for (int i = 0; i < matrix.Rows; i++)
        {
            if (stream.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
            {
                return false;
            }

            for (int j = 0; j < matrix.Columns; j++)
            {
                ReadOnlySpan<byte> at = row.AsSpan(j * elementSize, elementSize);
                matrix[i, j] = elementSize == sizeof(float)
                    ? T.CreateTruncating(BinaryPrimitives.ReadSingleLittleEndian(at))
                    : T.CreateTruncating(BinaryPrimitives.ReadDoubleLittleEndian(at));
            }
        }

        return true;
    }
}
