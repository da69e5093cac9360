using System.Text;
using System.Text.Json;
using NeuralNet.Guards;

namespace NeuralNet.Kinds;

/// <summary>
/// A value in a JSON text: an object, a list, a number and so on. It is a place in the text, and takes no memory for
/// what is in it before that is asked for.
/// </summary>
/// <param name="utf8">The text of the value alone.</param>
internal readonly struct JsonPart(ReadOnlyMemory<byte> utf8)
{
    private static readonly UTF8Encoding _encoding =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly JsonReaderOptions _options = new() { MaxDepth = ModelLimits.Depth };

    /// <summary>Converts the value that a reader stands at; null if it is of another type.</summary>
    public delegate TValue Conversion<out TValue>(ref Utf8JsonReader reader);

    /// <summary>Whether it is an object.</summary>
    public bool IsObject => utf8.Span[0] == (byte)'{';

    /// <summary>Whether it is a list.</summary>
    public bool IsList => utf8.Span[0] == (byte)'[';

    /// <summary>Checks that a text is JSON, of no more levels than a model file may have.</summary>
    /// <exception cref="JsonException">It is not.</exception>
    /// <exception cref="ArgumentException">It is no Unicode.</exception>
    public static JsonPart Parse(string json)
    {
        byte[] utf8 = _encoding.GetBytes(json);
        var reader = new Utf8JsonReader(utf8, _options);
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        int end = (int)reader.BytesConsumed;

        // What follows is found here.
        reader.Read();
        return new(utf8.AsMemory(start..end));
    }

    /// <summary>The members of an object, in their order.</summary>
    /// <exception cref="InvalidOperationException">A name is no Unicode.</exception>
    /// <exception cref="JsonException">A name is there twice.</exception>
    public JsonMembers Members()
    {
        var members = new JsonMembers();
        Utf8JsonReader reader = Enter();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (!members.TryAdd(name, Next(ref reader)))
            {
                throw new JsonException($"the member {MessageText.Quoted(name)} is there twice");
            }
        }

        return members;
    }

    /// <summary>The elements of a list.</summary>
    public List<JsonPart> Elements()
    {
        var elements = new List<JsonPart>(CountElements());
        Utf8JsonReader reader = Enter();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            elements.Add(Next(ref reader));
        }

        return elements;
    }

    /// <summary>The elements of a list, converted one by one.</summary>
    /// <param name="convert">Converts an element; null refuses it.</param>
    /// <param name="error">Makes the exception for one that is refused.</param>
    public TValue[] Convert<TValue>(Conversion<TValue?> convert, Func<JsonPart, Exception> error)
        where TValue : struct
    {
        TValue[] values = new TValue[CountElements()];
        Utf8JsonReader reader = Enter();
        for (int i = 0; i < values.Length; i++)
        {
            reader.Read();
            values[i] = convert(ref reader) ?? throw error(Next(ref reader));
        }

        return values;
    }

    /// <inheritdoc cref="Convert{TValue}(Conversion{TValue?}, Func{JsonPart, Exception})"/>
    public TValue[] Convert<TValue>(Conversion<TValue?> convert, Func<JsonPart, Exception> error)
        where TValue : class
    {
        TValue[] values = new TValue[CountElements()];
        Utf8JsonReader reader = Enter();
        for (int i = 0; i < values.Length; i++)
        {
            reader.Read();
            values[i] = convert(ref reader) ?? throw error(Next(ref reader));
        }

        return values;
    }

    /// <summary>Converts the value.</summary>
    public TValue To<TValue>(Conversion<TValue> convert)
    {
        Utf8JsonReader reader = Enter();
        return convert(ref reader);
    }

    /// <summary>The beginning of its text, as a message shows it.</summary>
    public override string ToString()
    {
        const int Longest = 100;
        const int LongestCharacter = 4;
        int length = Math.Min(utf8.Length, (Longest + 1) * LongestCharacter);
        return MessageText.Shortened(Encoding.UTF8.GetString(utf8.Span[..length]), Longest);
    }

    private int CountElements()
    {
        int count = 0;
        Utf8JsonReader reader = Enter();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }

        return count;
    }

    private Utf8JsonReader Enter()
    {
        var reader = new Utf8JsonReader(utf8.Span, _options);
        reader.Read();
        return reader;
    }

    // The value that the reader stands at, behind which it stands afterwards.
    private JsonPart Next(ref Utf8JsonReader reader)
    {
        int start = (int)reader.TokenStartIndex;
        reader.Skip();
        return new(utf8[start..(int)reader.BytesConsumed]);
    }
}
