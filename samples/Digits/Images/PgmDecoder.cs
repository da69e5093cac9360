using System.Buffers.Binary;
using System.Text;

namespace NeuralNet.Samples.Digits.Images;

/// <summary>Reads PGM images, plain (P2) and raw (P5).</summary>
/// <remarks>https://netpbm.sourceforge.net/doc/pgm.html</remarks>
internal static class PgmDecoder
{
    private const int MostGrey = 65_535;

    /// <summary>True if a file begins with the signature of this format.</summary>
    public static bool IsPgm(ReadOnlySpan<byte> file) => file.StartsWith("P2"u8) || file.StartsWith("P5"u8);

    /// <summary>Reads the image.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static GrayImage Decode(ReadOnlySpan<byte> file)
    {
        bool isPlain = file[1] == '2';
        int position = 2;
        int columns = ReadNumber(file, ref position, "width", int.MaxValue);
        int rows = ReadNumber(file, ref position, "height", int.MaxValue);
        int white = ReadNumber(file, ref position, "largest grey", MostGrey);
        ImageFile.RequireSize(rows, columns);
        if (white == 0)
        {
            throw new InvalidDataException("The PGM image is damaged: its largest grey is 0.");
        }

        var grid = new PixelGrid(rows, columns);
        if (isPlain)
        {
            ReadPlain(file, position, rows, columns, white, grid);
        }
        else
        {
            ReadRaw(file, position + 1, rows, columns, white, grid);
        }

        return grid.ToImage();
    }

    private static void ReadPlain(
        ReadOnlySpan<byte> file, int position, int rows, int columns, int white, PixelGrid grid)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                grid.Add(i, j, (float)ReadNumber(file, ref position, "pixel", white) / white);
            }
        }
    }

    // One character of white space separates the header from the pixels.
    private static void ReadRaw(
        ReadOnlySpan<byte> file, int position, int rows, int columns, int white, PixelGrid grid)
    {
        int size = white < 256 ? 1 : 2;
        long expected = (long)rows * columns * size;
        long available = Math.Max(0, file.Length - position);
        if (available < expected)
        {
            throw new InvalidDataException(
                $"The PGM image is truncated: expected {expected} bytes of pixels, but there are {available}.");
        }

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                int grey = size == 1 ? file[position] : BinaryPrimitives.ReadUInt16BigEndian(file[position..]);
                grid.Add(i, j, (float)Math.Min(grey, white) / white);
                position += size;
            }
        }
    }

    private static int ReadNumber(ReadOnlySpan<byte> file, ref int position, string what, int most)
    {
        SkipSpace(file, ref position);
        int start = position;
        while (position < file.Length && char.IsAsciiDigit((char)file[position]))
        {
            position++;
        }

        ReadOnlySpan<byte> digits = file[start..position];
        if (!int.TryParse(Encoding.ASCII.GetString(digits), out int number) || number > most)
        {
            throw new InvalidDataException(
                $"The PGM image is damaged: expected its {what}, a number from 0 to {most}, at byte {start}.");
        }

        return number;
    }

    private static void SkipSpace(ReadOnlySpan<byte> file, ref int position)
    {
        while (position < file.Length && (char.IsWhiteSpace((char)file[position]) || file[position] == '#'))
        {
            if (file[position] == '#')
            {
                int length = file[position..].IndexOf((byte)'\n');
                position = length < 0 ? file.Length : position + length;
            }
            else
            {
                position++;
            }
        }
    }
}
