using System.Text.Json;
using NeuralNet.Guards;

namespace NeuralNet.Safetensors;

/// <summary>
/// Parses the JSON of a safetensors header in one pass, so that it takes memory for tensors and texts only, however
/// much else is written there.
/// </summary>
internal ref struct HeaderParser
{
    private const int MaxDepth = 8;
    private const int MostDimensions = 64;

    private static readonly string[] _dtypes =
        ["F32", "F64", "F16", "BF16", "I64", "I32", "I16", "I8", "U64", "U32", "U16", "U8", "BOOL"];

    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly List<TensorEntry> _entries = [];
    private Utf8JsonReader _reader;

    private HeaderParser(ReadOnlySpan<byte> json) => _reader = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });

    /// <summary>Parses a header.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">A value is of another type, or a text is no Unicode.</exception>
    /// <exception cref="FormatException">It is no header.</exception>
    public static (Dictionary<string, string> Metadata, List<TensorEntry> Entries) Parse(ReadOnlySpan<byte> json)
    {
        if (json is not [(byte)'{', ..])
        {
            // The format wants it as the first byte; spaces before it are no header to the reference reader.
            throw new FormatException("it does not begin with {");
        }

        var parser = new HeaderParser(json);
        parser.Parse();
        return (parser._metadata, parser._entries);
    }

    private void Parse()
    {
        _reader.Read();
        Require(JsonTokenType.StartObject, "it is no object");
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (NextMember() is { } name)
        {
            if (!names.Add(name))
            {
                throw Twice(name);
            }

            if (name == "__metadata__")
            {
                ReadMetadata();
            }
            else
            {
                _entries.Add(ReadEntry(name));
            }
        }

        // What follows is found here.
        _reader.Read();
    }

    private void ReadMetadata()
    {
        if (_reader.TokenType == JsonTokenType.Null)
        {
            // As the reference reader has it: no metadata.
            return;
        }

        Require(JsonTokenType.StartObject, "its metadata are no object");
        while (NextMember() is { } name)
        {
            Require(JsonTokenType.String, "a text of its metadata is none");
            if (!_metadata.TryAdd(name, _reader.GetString()!))
            {
                throw Twice(name);
            }
        }
    }

    private TensorEntry ReadEntry(string name)
    {
        Require(JsonTokenType.StartObject, $"the entry {MessageText.Quoted(name)} is no object");
        string? dtype = null;
        long[]? shape = null;
        long[]? offsets = null;
        int dimensions = 0;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            if (_reader.ValueTextEquals("dtype"u8))
            {
                _reader.Read();
                Once(name, dtype);
                dtype = ReadDtype();
            }
            else if (_reader.ValueTextEquals("shape"u8))
            {
                _reader.Read();
                Once(name, shape);
                shape = ReadNumbers(name, out dimensions);
            }
            else if (_reader.ValueTextEquals("data_offsets"u8))
            {
                _reader.Read();
                Once(name, offsets);
                offsets = ReadNumbers(name, out _);
            }
            else
            {
                _reader.Read();
                _reader.Skip();
            }
        }

        if (dimensions > MostDimensions)
        {
            throw new FormatException(
                $"{MessageText.Quoted(name)} ({MessageText.Shortened(dtype ?? "?")}, {dimensions} dimensions) has more "
                + $"than {MostDimensions} of them");
        }

        return dtype is not null && shape is not null && offsets is [long begin, long end]
            && Array.TrueForAll(shape, size => size >= 0)
            ? new TensorEntry(name, dtype, shape, begin, end)
            : throw new FormatException(
                $"the entry {MessageText.Quoted(name)} has negative sizes, or lacks its dtype, its shape or one of two "
                + "offsets");
    }

    // The names of types are few, and the same for every tensor.
    private readonly string ReadDtype()
    {
        Require(JsonTokenType.String, "a dtype is no text");
        foreach (string known in _dtypes)
        {
            if (_reader.ValueTextEquals(known))
            {
                return known;
            }
        }

        return _reader.GetString()!;
    }

    // More than there may be are counted, but not kept.
    private long[] ReadNumbers(string name, out int count)
    {
        Require(JsonTokenType.StartArray, $"the entry {MessageText.Quoted(name)} has a number for a list");
        Span<long> numbers = stackalloc long[MostDimensions];
        for (count = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; count++)
        {
            long number = 0;
            bool isWhole = _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out number);
            numbers[Math.Min(count, MostDimensions - 1)] = isWhole
                ? number
                : throw new FormatException(
                    $"the entry {MessageText.Quoted(name)} has a list of something else than whole numbers");
        }

        return numbers[..Math.Min(count, MostDimensions)].ToArray();
    }

    private string? NextMember()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.PropertyName)
        {
            return null;
        }

        string name = _reader.GetString()!;
        _reader.Read();
        return name;
    }

    private readonly void Require(JsonTokenType type, string otherwise)
    {
        if (_reader.TokenType != type)
        {
            throw new FormatException(otherwise);
        }
    }

    private static void Once(string name, object? value)
    {
        if (value is not null)
        {
            throw Twice(name);
        }
    }

    private static FormatException Twice(string name) =>
        new($"the entry {MessageText.Quoted(name)}, or one of its members, is there twice");
}
