namespace NeuralNet.Traces;

/// <summary>What a recurrent layer remembers of the steps of one sample, step after step.</summary>
/// <param name="Gates">The gates after their activations.</param>
/// <param name="Hidden">h.</param>
internal sealed record RecurrentRecord(double[] Gates, double[] Hidden)
{
    /// <summary>∂L/∂(W·x + b) of the gates.</summary>
    public double[] Deltas { get; set; } = [];
}
