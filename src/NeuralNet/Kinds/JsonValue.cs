using System.Text.Json;

namespace NeuralNet.Kinds;

/// <summary>The values of settings in JSON; null where one is of another type.</summary>
internal static class JsonValue
{
    /// <summary>A number; the texts NaN, Infinity and -Infinity are numbers, too.</summary>
    public static double? ToNumber(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.TryGetDouble(out double number) && double.IsFinite(number) ? number : null,
        JsonTokenType.String when reader.ValueTextEquals("NaN"u8) => double.NaN,
        JsonTokenType.String when reader.ValueTextEquals("Infinity"u8) => double.PositiveInfinity,
        JsonTokenType.String when reader.ValueTextEquals("-Infinity"u8) => double.NegativeInfinity,
        _ => null,
    };

    /// <summary>A whole number of 64 bits.</summary>
    public static long? ToInteger(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) ? number : null;

    /// <summary>True or false.</summary>
    public static bool? ToFlag(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    /// <summary>A text.</summary>
    public static string? ToText(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
}
