using NeuralNet.Preprocessing;

namespace NeuralNet.Pipelines;

/// <summary>A raw feature of a pipeline, as it was called in the training data.</summary>
/// <param name="name">Its name, such as that of a column.</param>
/// <param name="categories">Its categories, whose numbers the pipeline takes; null for a number.</param>
public sealed class InputColumn(string name, LabelEncoder? categories = null)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>Its categories, whose numbers, as <c>Categories.Encode("card")</c> gives them, the pipeline takes; null for a number.</summary>
    public LabelEncoder? Categories { get; } = categories;

    /// <summary>The name, and what it takes. For people.</summary>
    /// <returns>Such as <c>age</c>, or <c>payment (card, invoice)</c>.</returns>
    public override string ToString() => Categories is null ? Name : $"{Name} ({Categories})";
}
