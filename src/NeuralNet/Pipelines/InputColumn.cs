using NeuralNet.Guards;
using NeuralNet.Preprocessing;

namespace NeuralNet.Pipelines;

/// <summary>
/// A raw feature of a pipeline: its name in the training data and, if it is categorical, its categories.
/// </summary>
/// <param name="name">The name, such as that of a column.</param>
/// <param name="categories">The categories, whose indices the pipeline takes; null for a number.</param>
/// <param name="reading">
/// How the number is made of what a table holds, in the terms of the reader of tables; null if it is plain.
/// </param>
/// <exception cref="ArgumentNullException">The name is null.</exception>
public sealed class InputColumn(string name, LabelEncoder? categories = null, string? reading = null)
{
    /// <summary>The name.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>
    /// The categories, whose indices, as <c>Categories.Encode("card")</c> gives them, the pipeline takes; null for a
    /// number.
    /// </summary>
    public LabelEncoder? Categories { get; } = categories;

    /// <summary>
    /// How the number is made of what a table holds, in the terms of the reader of tables, such as the format of a date
    /// and the part of it; null if it is the number in the column of this name.
    /// </summary>
    public string? Reading { get; } = reading;

    /// <summary>The name and the categories as a readable text.</summary>
    /// <returns>Such as <c>age</c>, or <c>payment (card, invoice)</c>.</returns>
    public override string ToString() => Categories is null ? Shown : $"{Shown} ({Categories})";

    private string Shown => MessageText.Shortened(Name);
}
