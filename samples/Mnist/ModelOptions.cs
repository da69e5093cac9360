namespace NeuralNet.Samples.Mnist;

/// <summary>Which trained network the command line asks for.</summary>
internal sealed record ModelOptions
{
    /// <summary>The file with its parameters.</summary>
    public required string File { get; init; }

    /// <summary>The activation of the hidden layers, a key of <see cref="ModelFactory.Activations"/>.</summary>
    public required string Activation { get; init; }

    /// <summary>The activation of the last layer, a key of <see cref="ModelFactory.OutputActivations"/>.</summary>
    public required string OutputActivation { get; init; }

    /// <summary>The loss it was trained with, a key of <see cref="ModelFactory.Losses"/>.</summary>
    public required string Loss { get; init; }
}
