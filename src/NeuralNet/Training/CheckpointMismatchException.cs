namespace NeuralNet.Training;

/// <summary>
/// The exception for a checkpoint that is whole, but of another training, other settings or a newer format.
/// </summary>
public sealed class CheckpointMismatchException : InvalidOperationException
{
    /// <summary>Makes the exception.</summary>
    public CheckpointMismatchException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What differs, and both sides.</param>
    public CheckpointMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What differs, and both sides.</param>
    /// <param name="innerException">The cause.</param>
    public CheckpointMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
