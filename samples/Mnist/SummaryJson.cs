using System.Text.Json.Serialization;

namespace NeuralNet.Samples.Mnist;

/// <summary>How a <see cref="Summary"/> is written, compiled ahead instead of found out by reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Summary))]
internal sealed partial class SummaryJson : JsonSerializerContext;
