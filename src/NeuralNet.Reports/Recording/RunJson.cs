using System.Text.Json.Serialization;

namespace NeuralNet.Reports.Recording;

/// <summary>A run as its page carries it for programs: for comparisons, and to go on with.</summary>
internal sealed record RunJson
{
    /// <summary>The version of this format.</summary>
    public int Format { get; init; } = 1;

    /// <summary>The heading of the page.</summary>
    public string Title { get; init; } = "";

    /// <summary>How the run ended, or how far it is.</summary>
    public string Status { get; init; } = "";

    /// <summary>Seconds spent on the run.</summary>
    public double Seconds { get; init; }

    /// <summary>The settings, each as name and value.</summary>
    public string[][] Settings { get; init; } = [];

    /// <summary>The numbers of the epochs.</summary>
    public int[] Epochs { get; init; } = [];

    /// <summary>The figures over the epochs.</summary>
    public SeriesJson[] Series { get; init; } = [];

    /// <summary>The figures of the trained network.</summary>
    public FinalJson[] Final { get; init; } = [];
}

/// <summary>A figure over the epochs; a value that is not finite is null.</summary>
internal sealed record SeriesJson(FigureKind Kind, string Metric, string Line, double?[] Values);

/// <summary>A figure of the trained network on some data; null if it is not finite.</summary>
internal sealed record FinalJson(FigureKind Kind, string Metric, string Line, double? Value);

/// <summary>Reads and writes <see cref="RunJson"/> without reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, MaxDepth = 8)]
[JsonSerializable(typeof(RunJson))]
internal sealed partial class RunJsonContext : JsonSerializerContext;
