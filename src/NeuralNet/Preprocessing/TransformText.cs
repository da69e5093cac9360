using NeuralNet.Guards;

namespace NeuralNet.Preprocessing;

/// <summary>The text of a transform.</summary>
internal static class TransformText
{
    /// <summary>Its name and its numbers of features, with what was fitted.</summary>
    /// <returns>For example <c>OneHotEncoding: 3 features → 11</c>.</returns>
    public static string Of(IFeatureTransform transform, string details = "")
    {
        string sizes = Quantity.Of(transform.InputSize, "feature")
            + (transform.OutputSize == transform.InputSize ? "" : $" → {transform.OutputSize}");
        return $"{SettingsText.NameOf(transform)}: {sizes}" + (details.Length == 0 ? "" : $"; {details}");
    }
}
