namespace NeuralNet.Distributed;

/// <summary>
/// The exception for work that cannot go on because of another worker: it has failed, cannot be reached, does not
/// answer, or is at another place of the program. The last checkpoint is whole.
/// </summary>
public sealed class WorkersException : Exception
{
    /// <summary>Makes the exception.</summary>
    public WorkersException()
        : this("Another worker has failed.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">The message: which worker, and what became of it.</param>
    public WorkersException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">The message: which worker, and what became of it.</param>
    /// <param name="innerException">The cause.</param>
    public WorkersException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
