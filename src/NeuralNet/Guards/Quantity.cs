using System.Globalization;

namespace NeuralNet.Guards;

/// <summary>A number of things as a message shows it, in the singular where it is 1.</summary>
/// <remarks>
/// Other packages compile this file, too, so that none depends on the internals of another, of whatever version.
/// </remarks>
internal static class Quantity
{
    /// <summary>The number and the noun, such as <c>1 feature</c> or <c>784 features</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun in the singular.</param>
    /// <param name="plural">The noun in the plural; the singular with an s if null.</param>
    public static string Of(long count, string noun, string? plural = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? noun : plural ?? noun + "s")}");

    /// <summary>
    /// The number and the noun after "there", such as <c>is 1 feature</c> or <c>are 784 features</c>.
    /// </summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The noun in the singular.</param>
    /// <param name="plural">The noun in the plural; the singular with an s if null.</param>
    public static string Are(long count, string noun, string? plural = null) =>
        (count == 1 ? "is " : "are ") + Of(count, noun, plural);
}
