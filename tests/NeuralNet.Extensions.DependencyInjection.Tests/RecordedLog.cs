using Microsoft.Extensions.Logging;

namespace NeuralNet.Extensions.DependencyInjection.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordedLog : ILoggerProvider, ILogger
{
    /// <summary>An action that runs whenever something is logged.</summary>
    public Action? Disturbance { get; set; }

    public List<(LogLevel Level, string Text)> Entries { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        Entries.Add((logLevel, formatter(state, exception)));
        Disturbance?.Invoke();
    }

    public void Dispose()
    {
    }
}
