namespace NeuralNet.Samples.Digits;

/// <summary>The options of testing a trained network.</summary>
internal sealed record EvaluateOptions
{
    /// <summary>The network.</summary>
    public required ModelOptions Model { get; init; }

    /// <summary>The data source.</summary>
    public required DataOptions Source { get; init; }
}
