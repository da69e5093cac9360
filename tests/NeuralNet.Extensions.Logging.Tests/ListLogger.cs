using Microsoft.Extensions.Logging;

namespace NeuralNet.Extensions.Logging.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class ListLogger(LogLevel least) : ILogger
{
    public List<Entry> Entries { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        Entries.Add(new(
            logLevel,
            eventId,
            formatter(state, exception),
            ((IReadOnlyList<KeyValuePair<string, object?>>)(object)state!)
                .ToDictionary(pair => pair.Key, pair => pair.Value)));
}
