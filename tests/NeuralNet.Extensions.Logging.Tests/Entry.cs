using Microsoft.Extensions.Logging;

namespace NeuralNet.Extensions.Logging.Tests;

internal sealed record Entry(LogLevel Level, EventId Event, string Text, IReadOnlyDictionary<string, object?> Values);
