using System.Text.Json;
using NeuralNet.Guards;

namespace NeuralNet.Kinds;

/// <summary>The values of settings in JSON; null where one is of another type.</summary>
internal static class JsonValue
{
    /// <summary>A number; the texts NaN, Infinity and -Infinity are numbers, too.</summary>
    public static double? ToNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDouble(out double number) && double.IsFinite(number) ? number : null,
        JsonValueKind.String => value.GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => null,
        },
        _ => null,
    };

    /// <summary>A whole number of 64 bits.</summary>
    public static long? ToInteger(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : null;

    /// <summary>True or false.</summary>
    public static bool? ToFlag(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A text.</summary>
    public static string? ToText(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A value as a message shows it.</summary>
    public static string Shown(JsonElement value) => MessageText.Shortened(value.GetRawText());
}
