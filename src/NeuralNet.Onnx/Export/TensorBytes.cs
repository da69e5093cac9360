using System.Buffers.Binary;
using System.Numerics;
using Google.Protobuf;
using NeuralNet.Layers;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Export;

/// <summary>The elements of a tensor as the format has them: little-endian, row after row.</summary>
internal static class TensorBytes
{
    /// <summary>The bytes of a parameter, whose memory is column after column.</summary>
    public static ByteString Of<T>(Parameter<T> parameter, int elementType)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int size = Size(elementType);
        byte[] bytes = new byte[(long)parameter.Count * size];
        int position = 0;
        for (int i = 0; i < parameter.Rows; i++)
        {
            for (int j = 0; j < parameter.Columns; j++)
            {
                Write(bytes.AsSpan(position, size), double.CreateTruncating(parameter.View[i, j]));
                position += size;
            }
        }

        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    public static ByteString Of(IReadOnlyList<double> values, int elementType)
    {
        int size = Size(elementType);
        byte[] bytes = new byte[(long)values.Count * size];
        for (int i = 0; i < values.Count; i++)
        {
            Write(bytes.AsSpan(i * size, size), values[i]);
        }

        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    public static ByteString Of(IReadOnlyList<long> values)
    {
        byte[] bytes = new byte[(long)values.Count * sizeof(long)];
        for (int i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), values[i]);
        }

        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private static int Size(int elementType) => elementType == ElementKind.Double ? sizeof(double) : sizeof(float);

    // A float is the same number as a double, so the way over double keeps its bits (of a NaN, that it is one).
    private static void Write(Span<byte> bytes, double value)
    {
        if (bytes.Length == sizeof(double))
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        }
        else
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
        }
    }
}
