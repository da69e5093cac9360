using System.Buffers.Binary;
using System.Text;

namespace NeuralNet.Samples.Mnist.Images;

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

        return new(rows, columns, isPlain
            ? ReadPlain(file, position, rows * columns, white)
            : ReadRaw(file, position + 1, rows * columns, white));
    }

    private static float[] ReadPlain(ReadOnlySpan<byte> file, int position, int count, int white)
    {
        float[] pixels = new float[count];
        for (int i = 0; i < count; i++)
        {
            pixels[i] = (float)ReadNumber(file, ref position, "pixel", white) / white;
        }

        return pixels;
    }

    // One character of white space separates the header from the pixels.
    private static float[] ReadRaw(ReadOnlySpan<byte> file, int position, int count, int white)
    {
        int size = white < 256 ? 1 : 2;
        long available = Math.Max(0, file.Length - position);
        if (available < (long)count * size)
        {
            throw new InvalidDataException(
                $"The PGM image is truncated: expected {(long)count * size} bytes of pixels, but there are "
                + $"{available}.");
        }

        float[] pixels = new float[count];
        for (int i = 0; i < count; i++)
        {
            int grey = size == 1
                ? file[position + i]
                : BinaryPrimitives.ReadUInt16BigEndian(file[(position + (2 * i))..]);
            pixels[i] = (float)Math.Min(grey, white) / white;
        }

        return pixels;
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
