namespace NeuralNet.Evaluation;

/// <summary>Figures by name, which can be printed.</summary>
internal sealed class Figures(IReadOnlyDictionary<string, double> figures) : Dictionary<string, double>(figures)
{
    /// <summary>Each name with its figure.</summary>
    /// <returns>For example <c>accuracy 0.83, f1 0.8125</c>.</returns>
    public override string ToString() => EvaluationResult.Describe(this);
}
