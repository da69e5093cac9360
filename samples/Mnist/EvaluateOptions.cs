namespace NeuralNet.Samples.Mnist;

/// <summary>What a command line that tests a trained network asks for.</summary>
internal sealed record EvaluateOptions
{
    /// <summary>The network.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>Where the data come from.</summary>
    public required DataOptions Source { get; init; }
}
