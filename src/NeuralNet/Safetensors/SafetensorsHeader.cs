using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NeuralNet.Guards;
using NeuralNet.Streams;

namespace NeuralNet.Safetensors;

/// <summary>
/// The header of a safetensors file: 8 bytes with its length, little-endian, then that many bytes of JSON, an object
/// with a member per tensor. The tensors' bytes follow without gaps.
/// </summary>
/// <param name="Metadata">Texts by name, the member <c>__metadata__</c>.</param>
/// <param name="Entries">The tensors, in the order of their bytes.</param>
internal sealed record SafetensorsHeader(
    IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<TensorEntry> Entries)
{
    /// <summary>The longest header that the format allows.</summary>
    private const int MaxLength = 100_000_000;

    private const int FirstChunk = 1 << 16;

    /// <summary>Writes the header of tensors that follow in this order.</summary>
    public static void Write(
        Stream stream, IReadOnlyDictionary<string, string> metadata, IEnumerable<TensorEntry> entries)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("__metadata__");
            writer.WriteString("framework", "NeuralNet");
            foreach ((string key, string value) in metadata)
            {
                writer.WriteString(key, value);
            }

            writer.WriteEndObject();
            foreach (TensorEntry entry in entries)
            {
                writer.WriteStartObject(entry.Name);
                writer.WriteString("dtype", entry.Dtype);
                WriteNumbers(writer, "shape", entry.Shape);
                WriteNumbers(writer, "data_offsets", [entry.Begin, entry.End]);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        if (json.WrittenCount > MaxLength - 8)
        {
            throw new InvalidOperationException(
                $"A safetensors header has at most {MaxLength} bytes; these names and texts need {json.WrittenCount}.");
        }

        // Padded with spaces, so that the tensors begin at a multiple of 8 bytes.
        int length = (json.WrittenCount + 7) / 8 * 8;
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, length);
        stream.Write(prefix);
        stream.Write(json.WrittenSpan);
        stream.Write("        "u8[..(length - json.WrittenCount)]);
    }

    /// <summary>
    /// Reads the header and leaves the stream at the first tensor; the tensors come in the order of their bytes.
    /// </summary>
    /// <exception cref="InvalidDataException">The header is malformed.</exception>
    public static SafetensorsHeader Read(Stream stream, string name)
    {
        byte[] json = ReadJson(stream, name);
        Dictionary<string, string> metadata;
        List<TensorEntry> entries;
        try
        {
            (metadata, entries) = HeaderParser.Parse(json);
        }
        catch (Exception exception) when (
            exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException(
                $"'{name}' is damaged: its header, {json.Length} bytes at offset 8, is no safetensors header "
                + $"({MessageText.Reason(exception)})",
                MessageText.Cause(exception));
        }

        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        RequireWithoutGaps(entries, name);
        RequireLengths(entries, name);
        return new(metadata, entries);
    }

    private static byte[] ReadJson(Stream stream, string name)
    {
        Span<byte> prefix = stackalloc byte[8];
        int got = stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        if (got < prefix.Length)
        {
            throw new InvalidDataException(
                $"'{name}' is truncated: at offset 0, expected 8 bytes of length, but found {got}."
                + (got == 0
                    ? " It is empty, or a stream at its end: to read what was written, set its Position back first."
                    : ""));
        }

        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxLength)
        {
            throw new InvalidDataException(
                $"'{name}' is no safetensors file: at offset 0, expected a header length of at most {MaxLength}, but "
                + $"found {length}.{ForeignFile.Describe(prefix)}");
        }

        byte[] json = ArrivingBytes.Read(stream, (int)length, FirstChunk, out int found);
        return found == (int)length
            ? json
            : throw new InvalidDataException(
                $"'{name}' is truncated: at offset 8, expected {length} bytes of header, but found {found}."
                + ForeignFile.Describe(prefix));
    }

    private static void RequireWithoutGaps(List<TensorEntry> entries, string name)
    {
        long expected = 0;
        foreach (TensorEntry entry in entries)
        {
            if (entry.Begin != expected || entry.End < entry.Begin)
            {
                throw new InvalidDataException(
                    $"'{name}' is damaged: expected the bytes of {entry} to begin at {expected}, behind those before, "
                    + $"and not to end before, but they go from {entry.Begin} to {entry.End}.");
            }

            expected = entry.End;
        }
    }

    private static void RequireLengths(List<TensorEntry> entries, string name)
    {
        foreach (TensorEntry entry in entries)
        {
            if (entry.ElementSize > 0 && entry.ExpectedLength != entry.Length)
            {
                string expected =
                    entry.ExpectedLength?.ToString(CultureInfo.InvariantCulture) ?? "more than any file's";
                throw new InvalidDataException(
                    $"'{name}' is damaged: {entry} should have {expected} bytes, but it goes from {entry.Begin} to "
                    + $"{entry.End}.");
            }
        }
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, ReadOnlySpan<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
