namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>A model file was refused; the message names the network and the file, and says why.</summary>
public sealed class NetworkLoadException : Exception
{
    /// <summary>Says only that a file was refused.</summary>
    public NetworkLoadException()
        : this("The network was not loaded.")
    {
    }

    /// <summary>Says why.</summary>
    /// <param name="message">The reason.</param>
    public NetworkLoadException(string message)
        : base(message)
    {
    }

    /// <summary>Says why, and what came before.</summary>
    /// <param name="message">The reason.</param>
    /// <param name="innerException">What the reading of the file ended with.</param>
    public NetworkLoadException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
