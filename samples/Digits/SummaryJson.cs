using System.Text.Json.Serialization;

namespace NeuralNet.Samples.Digits;

/// <summary>Serialization of a <see cref="Summary"/>, generated at compile time instead of using reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(Summary))]
internal sealed partial class SummaryJson : JsonSerializerContext;
