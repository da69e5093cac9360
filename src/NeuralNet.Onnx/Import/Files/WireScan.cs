namespace NeuralNet.Onnx.Import.Files;

/// <summary>
/// Checks the bytes of a model before objects are made from them: every length must lie within the message it is part
/// of, and the parts must be few enough that the objects do not take far more memory than the file.
/// </summary>
internal ref struct WireScan
{
    // A node or an attribute takes some hundred bytes of memory. In a model of many parts, most bytes are numbers.
    private const int LeastBytesPerPart = 24;
    private const int PartsOfSmallFile = 10_000;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string _file;
    private int _partsLeft;

    private WireScan(ReadOnlySpan<byte> bytes, string file)
    {
        _bytes = bytes;
        _file = file;
        _partsLeft = PartsOfSmallFile + (bytes.Length / LeastBytesPerPart);
    }

    private enum Kind
    {
        None,
        Model,
        Graph,
        Node,
        Attribute,
        Tensor,
        Value,
        Type,
        TensorType,
        Shape,
        Dimension,
        Opset,
        Entry,
    }

    /// <summary>Refuses bytes that are no model.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or no model at all.</exception>
    public static void Require(ReadOnlySpan<byte> bytes, string file)
    {
        var scan = new WireScan(bytes, file);
        scan.Message(0, bytes.Length, Kind.Model);
    }

    // The schema has no message within its own kind, so the recursion ends after seven levels.
    private static Kind Child(Kind kind, ulong field) => (kind, field) switch
    {
        (Kind.Model, 7) => Kind.Graph,
        (Kind.Model, 8) => Kind.Opset,
        (Kind.Model, 14) => Kind.Entry,
        (Kind.Graph, 1) => Kind.Node,
        (Kind.Graph, 5) => Kind.Tensor,
        (Kind.Graph, 11 or 12) => Kind.Value,
        (Kind.Node, 5) => Kind.Attribute,
        (Kind.Attribute, 5) => Kind.Tensor,
        (Kind.Tensor, 13) => Kind.Entry,
        (Kind.Value, 2) => Kind.Type,
        (Kind.Type, 1) => Kind.TensorType,
        (Kind.TensorType, 2) => Kind.Shape,
        (Kind.Shape, 1) => Kind.Dimension,
        _ => Kind.None,
    };

    private void Message(int position, int end, Kind kind)
    {
        while (position < end)
        {
            int start = position;
            ulong tag = Varint(ref position, end);
            ulong field = tag >> 3;
            if (field is 0 or > int.MaxValue >> 2)
            {
                throw Damaged(start, $"a field has the number {field}");
            }

            switch (tag & 7)
            {
                case 0:
                    Varint(ref position, end);
                    break;
                case 1:
                    Skip(ref position, end, sizeof(ulong));
                    break;
                case 2:
                    ulong length = Varint(ref position, end);
                    int first = position;
                    Skip(ref position, end, length);
                    Kind child = Child(kind, field);
                    if (child != Kind.None)
                    {
                        if (--_partsLeft < 0)
                        {
                            throw Damaged(start, $"{_bytes.Length} bytes hold more parts than those of a model can");
                        }

                        Message(first, position, child);
                    }

                    break;
                case 5:
                    Skip(ref position, end, sizeof(uint));
                    break;
                default:
                    throw Damaged(
                        start,
                        $"field {field} of a {kind} has the wire type {tag & 7}, which no field of a model has");
            }
        }
    }

    private readonly ulong Varint(ref int position, int end)
    {
        int start = position;
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (position == end)
            {
                throw Damaged(start, "a number goes on past the end of what it is part of");
            }

            byte next = _bytes[position++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return value;
            }
        }

        throw Damaged(start, "a number has more than ten bytes");
    }

    private readonly void Skip(ref int position, int end, ulong length)
    {
        if (length > (ulong)(end - position))
        {
            throw Damaged(position, $"expected {length} bytes, but what they are part of ends after {end - position}");
        }

        position += (int)length;
    }

    private readonly InvalidDataException Damaged(int position, string what) =>
        new($"'{_file}' is damaged, or no ONNX model: at offset {position}, {what}.");
}
