using Microsoft.Extensions.Logging;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>What is written to the log.</summary>
internal static partial class ModelLog
{
    public const string Category = "NeuralNet.Extensions.DependencyInjection";

    [LoggerMessage(
        EventId = 1,
        EventName = "NetworkLoaded",
        Level = LogLevel.Information,
        Message = "{Kind} '{Name}', version {Version}, loaded from {Path}: {InputSize} inputs, {OutputSize} outputs, "
            + "{ParameterCount} parameters")]
    public static partial void Loaded(
        ILogger logger, string kind, string name, long version, string path, int inputSize, int outputSize, long parameterCount);

    [LoggerMessage(EventId = 2, EventName = "NetworkRefused", Level = LogLevel.Error, Message = "{Reason}")]
    public static partial void Refused(ILogger logger, string reason, Exception exception);

    [LoggerMessage(
        EventId = 3,
        EventName = "NetworkFileRestored",
        Level = LogLevel.Information,
        Message = "{Kind} '{Name}': {Path} is the file again that version {Version} was loaded from")]
    public static partial void Restored(ILogger logger, string kind, string name, string path, long version);
}
