namespace NeuralNet.Training;

/// <summary>The way in which a training run ended.</summary>
public enum TrainingOutcome
{
    /// <summary>All epochs or steps that were asked for are done.</summary>
    Completed,

    /// <summary>A callback stopped the run; its reason says why.</summary>
    Stopped,

    /// <summary>The cancellation token ended the run before its epochs or steps were done.</summary>
    Cancelled,

    /// <summary>
    /// The loss, a gradient or a parameter was not finite: a <see cref="TrainingDivergedException"/> ended the run.
    /// </summary>
    Diverged,

    /// <summary>Another exception ended the run, such as one of the data's source or of a callback.</summary>
    Failed,
}
