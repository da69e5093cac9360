using Google.Protobuf;
using NeuralNet.Onnx.Schema;

namespace NeuralNet.Onnx.Import.Files;

/// <summary>Reads the bytes of a model as objects of the schema.</summary>
internal static class ModelReader
{
    private const int FirstChunk = 1 << 16;

    /// <summary>Deeper than any message of the schema.</summary>
    private const int RecursionLimit = 16;

    /// <summary>Reads a model that goes on to the end of a stream.</summary>
    /// <exception cref="InvalidDataException">The bytes are no model.</exception>
    public static (ModelProto Model, int Length) Read(Stream stream, string file)
    {
        byte[] bytes = ReadToEnd(stream, file, out int length);
        WireScan.Require(bytes.AsSpan(0, length), file);
        try
        {
            using var input = CodedInputStream.CreateWithLimits(
                new MemoryStream(bytes, 0, length), sizeLimit: Math.Max(1, length), RecursionLimit);
            return (ModelProto.Parser.WithDiscardUnknownFields(true).ParseFrom(input), length);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new InvalidDataException(
                $"'{file}' is damaged, or no ONNX model: {exception.Message}", exception);
        }
    }

    // Memory is taken as the bytes arrive, unless the stream knows how many there are.
    private static byte[] ReadToEnd(Stream stream, string file, out int length)
    {
        long known = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : FirstChunk;
        byte[] bytes = known <= Array.MaxLength ? new byte[known] : throw TooLong(file);
        length = 0;
        while (true)
        {
            length += stream.ReadAtLeast(bytes.AsSpan(length), bytes.Length - length, throwOnEndOfStream: false);
            if (length < bytes.Length)
            {
                return bytes;
            }

            int next = stream.ReadByte();
            if (next < 0)
            {
                return bytes;
            }

            if (length == Array.MaxLength)
            {
                throw TooLong(file);
            }

            Array.Resize(ref bytes, (int)Math.Min(Array.MaxLength, Math.Max(FirstChunk, 2L * bytes.Length)));
            bytes[length++] = (byte)next;
        }
    }

    private static InvalidDataException TooLong(string file) =>
        new($"'{file}' is no ONNX model: it is longer than the 2 GB that the format allows.");
}
