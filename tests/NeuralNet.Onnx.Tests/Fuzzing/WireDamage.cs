namespace NeuralNet.Onnx.Tests.Fuzzing;

/// <summary>
/// Damage to the tags and lengths of fields, wherever they are nested: wrong types, lengths past the end.
/// </summary>
internal static class WireDamage
{
    private const int Depth = 8;

    public static byte[] Apply(byte[] model, Random random)
    {
        if (random.Next(20) == 0)
        {
            return Groups(random);
        }

        List<(int Tag, int Length)> fields = [];
        Collect(model, 0, model.Length, fields, Depth);
        List<byte> bytes = [.. model];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            (int tag, int length) = fields[random.Next(fields.Count)];
            switch (random.Next(4))
            {
                case 0:
                    bytes[tag] = (byte)((bytes[tag] & ~7) | random.Next(8));
                    break;
                case 1:
                    bytes[tag] = (byte)((random.Next(1, 16) << 3) | (bytes[tag] & 7));
                    break;
                case 2 when length > 0:
                    bytes[length] = (byte)random.Next(256);
                    break;
                default:
                    // The largest lengths that a number can stand for.
                    byte[] huge = [0xff, 0xff, 0xff, 0xff, (byte)(random.Next(2) == 0 ? 0x07 : 0xff), 0x7f];
                    int at = Math.Min(length > 0 ? length : tag + 1, bytes.Count);
                    bytes.InsertRange(at, huge[..(random.Next(2) == 0 ? 5 : 6)]);
                    return [.. bytes];
            }
        }

        return [.. bytes];
    }

    // Groups within groups, which protocol buffers know and models do not have.
    private static byte[] Groups(Random random)
    {
        byte[] bytes = new byte[random.Next(100_000)];
        Array.Fill(bytes, (byte)((random.Next(1, 16) << 3) | 3));
        return bytes;
    }

    private static void Collect(byte[] bytes, int position, int end, List<(int Tag, int Length)> fields, int depth)
    {
        while (position < end)
        {
            int tag = position;
            ulong key = Varint(bytes, ref position, end);
            int length = -1;
            switch (key & 7)
            {
                case 0:
                    Varint(bytes, ref position, end);
                    break;
                case 1:
                    position += 8;
                    break;
                case 2:
                    length = position;
                    int count = (int)Math.Min((ulong)end, Varint(bytes, ref position, end));
                    if (count > end - position)
                    {
                        return;
                    }

                    // A text or numbers are taken for fields, too, which does no harm.
                    if (depth > 0 && count < 4096)
                    {
                        Collect(bytes, position, position + count, fields, depth - 1);
                    }

                    position += count;
                    break;
                case 5:
                    position += 4;
                    break;
                default:
                    return;
            }

            fields.Add((tag, length));
        }
    }

    private static ulong Varint(byte[] bytes, ref int position, int end)
    {
        ulong value = 0;
        for (int shift = 0; shift < 63 && position < end; shift += 7)
        {
            byte next = bytes[position++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                break;
            }
        }

        return value;
    }
}
