using System.Buffers.Binary;
using System.Numerics;

namespace NeuralNet.Reports.TensorBoard;

/// <summary>
/// Writes records as TFRecord files have them: length, its checksum, data, their checksum. A checksum is the masked
/// CRC-32C of TensorFlow's <c>record_writer.cc</c>.
/// </summary>
internal static class RecordWriter
{
    public static void Write(Stream stream, ReadOnlySpan<byte> data)
    {
        byte[] record = new byte[sizeof(ulong) + sizeof(uint) + data.Length + sizeof(uint)];
        Span<byte> length = record.AsSpan(0, sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(length.Length), Checksum(length));
        data.CopyTo(record.AsSpan(length.Length + sizeof(uint)));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - sizeof(uint)), Checksum(data));

        // In one piece, so that a reader meets whole records.
        stream.Write(record);
    }

    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return BitOperations.RotateRight(~crc, 15) + 0xA282EAD8;
    }
}
