using Google.Protobuf;
using NeuralNet.Guards;
using NeuralNet.Onnx.Schema;
using NeuralNet.Streams;

namespace NeuralNet.Onnx.Import.Files;

/// <summary>Reads the bytes of a model as objects of the schema.</summary>
internal static class ModelReader
{
    private const int FirstChunk = 1 << 16;

    /// <summary>The deepest nesting that is read; no message of the schema is as deep.</summary>
    private const int RecursionLimit = 16;

    /// <summary>Reads a model from a stream, up to its end.</summary>
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
                $"'{file}' is damaged, or no ONNX model: {MessageText.Reason(exception)}.",
                MessageText.Cause(exception));
        }
    }

    private static byte[] ReadToEnd(Stream stream, string file, out int length)
    {
        // Room for a byte more than a stream says it has shows its end, or that it goes on.
        long known = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : FirstChunk;
        byte[] bytes = known <= Array.MaxLength
            ? ArrivingBytes.Read(stream, Array.MaxLength, known + 1, out length)
            : throw TooLong(file);
        return length < Array.MaxLength || stream.ReadByte() < 0 ? bytes : throw TooLong(file);
    }

    private static InvalidDataException TooLong(string file) =>
        new($"'{file}' is no ONNX model: it is longer than the 2 GB that the format allows.");
}
