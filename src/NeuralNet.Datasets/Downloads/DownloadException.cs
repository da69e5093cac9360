namespace NeuralNet.Datasets.Downloads;

/// <summary>No mirror gave a file, or the folder for it cannot be written to.</summary>
public sealed class DownloadException : IOException
{
    /// <summary>Makes an exception without a reason.</summary>
    public DownloadException()
        : this("A file could not be downloaded.")
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">The answer of each mirror, on one line.</param>
    public DownloadException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">The answer of each mirror, on one line.</param>
    /// <param name="innerException">The cause.</param>
    public DownloadException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
