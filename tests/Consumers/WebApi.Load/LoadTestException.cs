namespace Consumers.Load;

/// <summary>The web app does not do what it should.</summary>
internal sealed class LoadTestException(string message) : Exception(message);
