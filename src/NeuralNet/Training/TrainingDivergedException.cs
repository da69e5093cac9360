using NeuralNet.Diagnostics;

namespace NeuralNet.Training;

/// <summary>
/// The exception for a training step that met a number that is not finite. If it was in the data, the loss or a
/// gradient, the step was stopped before it changed the parameters, so the network is as after the step before. If
/// updates made a parameter overflow, as with a learning rate of 10³⁰, the network must be loaded or made anew: that is
/// noticed in the next batch, or at the end of the epoch at the latest.
/// </summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    // Far beyond what scaled data reach.
    private const double LargeData = 100;

    /// <summary>Makes the exception.</summary>
    public TrainingDivergedException()
        : this("Training met a number that is not finite.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">The message: what was not finite, and where.</param>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">The message: what was not finite, and where.</param>
    /// <param name="innerException">The cause.</param>
    public TrainingDivergedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal TrainingDivergedException(Divergence details, long step, int? epoch, int? batch)
        : base(Describe(details, step, epoch, batch))
    {
        Details = details;
        Step = step;
        Epoch = epoch;
        Batch = batch;
    }

    /// <summary>
    /// Details about the number and the sizes of all others; null if it was not the trainer that threw.
    /// </summary>
    public Divergence? Details { get; }

    /// <summary>The number of the step, from 1.</summary>
    public long Step { get; }

    /// <summary>The epoch, from 1; null for a single step.</summary>
    public int? Epoch { get; }

    /// <summary>The batch within the epoch, from 1; null for a single step.</summary>
    public int? Batch { get; }

    private static string Describe(Divergence details, long step, int? epoch, int? batch)
    {
        string where = epoch is null ? $"step {step}" : $"step {step} (epoch {epoch}, batch {batch})";
        string when = (details.AreParametersUnchanged ? "before" : "after") + " the parameters were changed";
        return $"Training stopped in {where}, {when}: {details.Description} "
            + "Usual causes are a learning rate that is too high, inputs that are not scaled, or NaN in the data. "
            + (Math.Max(details.Inputs?.Largest ?? 0, details.Targets?.Largest ?? 0) > LargeData
                ? "Inputs or targets are large here: fit a Standardization to those of the training data and train on "
                    + "what it makes of them, DataSet.TransformInputs and TransformTargets. "
                : "")
            + details.Magnitudes();
    }
}
