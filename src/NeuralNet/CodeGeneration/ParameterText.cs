using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace NeuralNet.CodeGeneration;

/// <summary>The parameters in order, little-endian, as lines of base64.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class ParameterText<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Largest number of characters in the strings of an assembly, 16 MB in UTF-16, with some left for its other
    /// strings.
    /// </summary>
    private const int MostCharacters = 8_200_000;

    private const int LineLength = 120;

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Count of the numbers.</summary>
    public int Count { get; private set; }

    /// <summary>Adds numbers and returns the expression that reads them.</summary>
    public string Add(ReadOnlySpan<T> values)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        int start = Count;
        if ((start + (long)values.Length) * Width / 3 * 4 > MostCharacters)
        {
            throw new NotSupportedException(
                $"A C# assembly holds 16 MB of strings, which is about {MostCharacters / 4 * 3 / Width:N0} parameters "
                + "of this number type; the network has more. Save it as a file instead.");
        }

        foreach (T value in values)
        {
            if (typeof(T) == typeof(float))
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes, float.CreateChecked(value));
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, double.CreateChecked(value));
            }

            _bytes.Write(bytes[..Width]);
        }

        Count += values.Length;
        return string.Create(CultureInfo.InvariantCulture, $"Parameters.AsSpan({start}, {values.Length})");
    }

    /// <summary>Writes the lines, each beginning with a line feed.</summary>
    public void WriteTo(StringBuilder text)
    {
        string characters = Convert.ToBase64String(_bytes.WrittenSpan);
        for (int i = 0; i < characters.Length; i += LineLength)
        {
            text.Append('\n').Append(characters, i, Math.Min(LineLength, characters.Length - i));
        }
    }

    private static int Width => typeof(T) == typeof(float) ? sizeof(float) : sizeof(double);
}
