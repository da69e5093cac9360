namespace NeuralNet.Diagnostics;

/// <summary>A warning about something that keeps a network from learning.</summary>
/// <param name="Kind">The kind of the warning.</param>
/// <param name="Layer">The name of the layer that is concerned; null if it is no layer in particular.</param>
/// <param name="Message">What was found, why it matters and what to do.</param>
public sealed record TrainingWarning(TrainingWarningKind Kind, string? Layer, string Message)
{
    /// <summary>The message.</summary>
    /// <returns>What was found, why it matters and what to do.</returns>
    public override string ToString() => Message;
}
