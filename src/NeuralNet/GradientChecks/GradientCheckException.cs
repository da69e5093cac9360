namespace NeuralNet.GradientChecks;

/// <summary>A gradient differs from central differences by more than the tolerance.</summary>
public sealed class GradientCheckException : Exception
{
    /// <summary>Makes the exception.</summary>
    public GradientCheckException()
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">The findings.</param>
    public GradientCheckException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">The findings.</param>
    /// <param name="innerException">The cause.</param>
    public GradientCheckException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
