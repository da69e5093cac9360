using NeuralNet.Preprocessing;

namespace NeuralNet.Data.Csv;

/// <summary>An input column as it was in the training data.</summary>
/// <param name="name">Its name.</param>
/// <param name="categories">Its categories; null for numbers.</param>
public sealed class CsvInput(string name, LabelEncoder? categories)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>Its categories, whose numbers the input transform takes; null for numbers.</summary>
    public LabelEncoder? Categories { get; } = categories;

    /// <summary>The kind of data in the column.</summary>
    public CsvColumnKind Kind => Categories is null ? CsvColumnKind.Number : CsvColumnKind.Category;
}
