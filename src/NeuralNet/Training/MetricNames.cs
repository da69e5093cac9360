using NeuralNet.Guards;

namespace NeuralNet.Training;

/// <summary>Says what to do where a metric is asked for that is not measured.</summary>
internal static class MetricNames
{
    private static readonly string[] _validationPrefixes = ["val_", "val ", "validation_", "validation "];

    /// <summary>The way to the figure that a name of an unknown metric means.</summary>
    /// <param name="name">The name that was given.</param>
    /// <param name="measured">The names of the metrics that are measured.</param>
    /// <param name="loss">How the loss is asked for.</param>
    public static string Advice(string name, IEnumerable<string> measured, string loss)
    {
        string? prefix = Array.Find(
            _validationPrefixes, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        string plain = name[(prefix?.Length ?? 0)..];
        string ofValidation = prefix is null
            ? ""
            : " No prefix is needed: figures are those of the validation data where there are any.";
        string meant = string.Equals(plain, "loss", StringComparison.OrdinalIgnoreCase)
            ? $" The loss is no metric: {loss}."
            : NearestName.Question(plain, measured) is { Length: > 0 } question
                ? question
                : " Add it to the options' Metrics.";
        return ofValidation + meant;
    }
}
