namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>
/// The exception for a model file that was refused. Its message names the model and the file, and says why.
/// </summary>
public sealed class ModelLoadException : Exception
{
    /// <summary>Makes an exception that says only that a model was not loaded.</summary>
    public ModelLoadException()
        : this("The model was not loaded.")
    {
    }

    /// <summary>Makes an exception with a reason.</summary>
    /// <param name="message">The reason.</param>
    public ModelLoadException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a reason and its cause.</summary>
    /// <param name="message">The reason.</param>
    /// <param name="innerException">The exception that reading the file ended with.</param>
    public ModelLoadException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
