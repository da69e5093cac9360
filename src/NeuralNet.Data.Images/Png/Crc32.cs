namespace NeuralNet.Data.Images.Png;

/// <summary>The checksum of a chunk of a PNG image, ISO 3309's.</summary>
internal static class Crc32
{
    private static readonly uint[] _table = MakeTable();

    /// <summary>Computes the checksum of some bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte value in bytes)
        {
            sum = _table[(byte)(sum ^ value)] ^ (sum >> 8);
        }

        return ~sum;
    }

    private static uint[] MakeTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint sum = i;
            for (int bit = 0; bit < 8; bit++)
            {
                sum = (sum & 1) != 0 ? 0xEDB88320 ^ (sum >> 1) : sum >> 1;
            }

            table[i] = sum;
        }

        return table;
    }
}
