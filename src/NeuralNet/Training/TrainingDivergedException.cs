namespace NeuralNet.Training;

/// <summary>
/// A training step met a number that is not finite. It was stopped before the parameters were touched, so the network
/// is as it was after the step before.
/// </summary>
public sealed class TrainingDivergedException : ArithmeticException
{
    /// <summary>Makes the exception.</summary>
    public TrainingDivergedException()
        : this("Training met a number that is not finite.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was not finite, and where.</param>
    public TrainingDivergedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was not finite, and where.</param>
    /// <param name="innerException">The cause.</param>
    public TrainingDivergedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal TrainingDivergedException(string what, long step, int? epoch, int? batch)
        : base(Describe(what, step, epoch, batch))
    {
        Step = step;
        Epoch = epoch;
        Batch = batch;
    }

    /// <summary>The number of the step, from 1.</summary>
    public long Step { get; }

    /// <summary>The epoch, from 1; null for a single step.</summary>
    public int? Epoch { get; }

    /// <summary>The batch within the epoch, from 1; null for a single step.</summary>
    public int? Batch { get; }

    private static string Describe(string what, long step, int? epoch, int? batch)
    {
        string where = epoch is null ? $"step {step}" : $"step {step} (epoch {epoch}, batch {batch})";
        return $"Training stopped in {where}, before the parameters were changed: {what} "
            + "Usual causes are a learning rate that is too high, inputs that are not scaled, or NaN in the data.";
    }
}
