namespace NeuralNet.Evaluation;

/// <summary>Loss and metrics of a network on a data set.</summary>
/// <param name="Loss">Mean loss over the samples.</param>
/// <param name="Metrics">Metrics over the samples by name.</param>
public sealed record EvaluationResult(double Loss, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>Loss and metrics as readable text.</summary>
    /// <returns>For example <c>loss 0.4178, accuracy 0.83</c>.</returns>
    public override string ToString() => Describe(Loss, Metrics);

    internal static string Describe(double loss, IReadOnlyDictionary<string, double> metrics) =>
        Describe(metrics.Prepend(new("loss", loss)));

    internal static string Describe(IEnumerable<KeyValuePair<string, double>> figures) =>
        string.Join(", ", figures.Select(figure => FormattableString.Invariant($"{figure.Key} {figure.Value:G4}")));
}
