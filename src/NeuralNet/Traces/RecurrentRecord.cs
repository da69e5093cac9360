namespace NeuralNet.Traces;

/// <summary>The gates and states of a recurrent layer at each step of one sample.</summary>
/// <param name="Gates">The gates after their activations.</param>
/// <param name="Hidden">h.</param>
internal sealed record RecurrentRecord(double[] Gates, double[] Hidden)
{
    /// <summary>∂L/∂(W·x + b) of the gates.</summary>
    public double[] Deltas { get; set; } = [];
}
