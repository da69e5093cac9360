namespace NeuralNet.Checkpoints;

/// <summary>The exception for a checkpoint of another training, with other settings or in a newer format.</summary>
public sealed class CheckpointMismatchException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    public CheckpointMismatchException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">The message: what differs, and both sides.</param>
    public CheckpointMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">The message: what differs, and both sides.</param>
    /// <param name="innerException">The cause.</param>
    public CheckpointMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
