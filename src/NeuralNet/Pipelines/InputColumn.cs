using NeuralNet.Guards;
using NeuralNet.Preprocessing;

namespace NeuralNet.Pipelines;

/// <summary>
/// A raw feature of a pipeline: its name in the training data and, if it is categorical, its categories.
/// </summary>
/// <param name="name">The name, such as that of a column.</param>
/// <param name="categories">The categories, whose indices the pipeline takes; null for a number.</param>
/// <param name="numberFormat">
/// The format of its numbers in files of text, in the terms of the reader of such files; null if they are written
/// plainly.
/// </param>
/// <exception cref="ArgumentNullException">The name is null.</exception>
public sealed class InputColumn(string name, LabelEncoder? categories = null, string? numberFormat = null)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>
    /// The categories, whose indices, as <c>Categories.Encode("card")</c> gives them, the pipeline takes; null for a
    /// number.
    /// </summary>
    public LabelEncoder? Categories { get; } = categories;

    /// <summary>
    /// The format of its numbers in files of text, in the terms of the reader of such files; null if they are written
    /// plainly.
    /// </summary>
    public string? NumberFormat { get; } = numberFormat;

    /// <summary>The name and the categories as a readable text.</summary>
    /// <returns>Such as <c>age</c>, or <c>payment (card, invoice)</c>.</returns>
    public override string ToString() => Categories is null ? Shown : $"{Shown} ({Categories})";

    private string Shown => MessageText.Shortened(Name);
}
