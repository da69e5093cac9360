using System.Text.Json;
using System.Text.Json.Serialization;

namespace NeuralNet.Tests.Parity;

/// <summary>A file of reference values, written by the script of the same name beside it.</summary>
internal static class ReferenceFile
{
    private static readonly JsonSerializerOptions _options = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNameCaseInsensitive = true,
    };

    /// <summary>Reads <c>Parity/{name}.json</c>.</summary>
    public static T Read<T>(string name)
    {
        string resource = $"NeuralNet.Tests.Parity.{name}.json";
        using Stream stream = typeof(ReferenceFile).Assembly.GetManifestResourceStream(resource)
            ?? throw new FileNotFoundException($"There is no embedded file '{resource}'.");
        return JsonSerializer.Deserialize<T>(stream, _options)!;
    }
}
