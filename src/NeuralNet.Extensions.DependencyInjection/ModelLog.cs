using Microsoft.Extensions.Logging;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>The messages of the log.</summary>
internal static partial class ModelLog
{
    public const string Category = "NeuralNet.Extensions.DependencyInjection";

    [LoggerMessage(
        EventId = 1,
        EventName = "ModelLoaded",
        Level = LogLevel.Information,
        Message = "{ModelType} '{Name}', version {Version}, loaded from {Path}: "
            + "{InputSize} inputs, {OutputSize} outputs, {ParameterCount} parameters")]
    public static partial void Loaded(
        ILogger logger,
        string modelType,
        string name,
        long version,
        string path,
        int inputSize,
        int outputSize,
        long parameterCount);

    [LoggerMessage(EventId = 2, EventName = "ModelRefused", Level = LogLevel.Error, Message = "{Reason}")]
    public static partial void Refused(ILogger logger, string reason, Exception? exception);

    [LoggerMessage(
        EventId = 3,
        EventName = "ModelFileRestored",
        Level = LogLevel.Information,
        Message = "{ModelType} '{Name}': {Path} is the file again that version {Version} was loaded from")]
    public static partial void Restored(ILogger logger, string modelType, string name, string path, long version);
}
