namespace NeuralNet.Diagnostics;

/// <summary>Why a network will probably not learn, and what helps.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Layer">The name of the layer it is about; null where it is none in particular.</param>
/// <param name="Message">What was found, why it matters and what to do.</param>
public sealed record TrainingWarning(TrainingWarningKind Kind, string? Layer, string Message)
{
    /// <summary>The message.</summary>
    /// <returns>What was found, why it matters and what to do.</returns>
    public override string ToString() => Message;
}
