using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace NeuralNet.Reports.TensorBoard;

/// <summary>Writes a message of Protocol Buffers field by field, as its wire format says.</summary>
internal sealed class MessageWriter
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>The message so far.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.WrittenSpan;

    public void Integer(int field, long value)
    {
        Tag(field, Varint);
        WriteVarint((ulong)value);
    }

    public void Double(int field, double value)
    {
        Tag(field, Fixed64);
        BinaryPrimitives.WriteDoubleLittleEndian(_bytes.GetSpan(sizeof(double)), value);
        _bytes.Advance(sizeof(double));
    }

    public void Single(int field, float value)
    {
        Tag(field, Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(_bytes.GetSpan(sizeof(float)), value);
        _bytes.Advance(sizeof(float));
    }

    public void Text(int field, string value) => Write(field, Encoding.UTF8.GetBytes(value));

    public void Message(int field, Action<MessageWriter> write)
    {
        var message = new MessageWriter();
        write(message);
        Write(field, message.Bytes);
    }

    private void Write(int field, ReadOnlySpan<byte> bytes)
    {
        Tag(field, LengthDelimited);
        WriteVarint((ulong)bytes.Length);
        _bytes.Write(bytes);
    }

    private void Tag(int field, int type) => WriteVarint((ulong)((field << 3) | type));

    // Seven bits in each byte, lowest first; the eighth says that more follow.
    private void WriteVarint(ulong value)
    {
        while (value > 0x7F)
        {
            WriteByte((byte)(value | 0x80));
            value >>= 7;
        }

        WriteByte((byte)value);
    }

    private void WriteByte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }
}
