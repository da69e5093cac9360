namespace NeuralNet.Datasets;

/// <summary>
/// A data set could not be had: its files are missing, damaged or do not fit together, or a download failed.
/// </summary>
public sealed class DatasetException : IOException
{
    /// <summary>Makes an exception without a reason.</summary>
    public DatasetException()
        : this("A data set could not be read.")
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">The reason and what to do, on one line.</param>
    public DatasetException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a cause.</summary>
    /// <param name="message">The reason and what to do, on one line.</param>
    /// <param name="innerException">The cause.</param>
    public DatasetException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
