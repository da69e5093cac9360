using NeuralNet.Preprocessing;

namespace NeuralNet.Data.Csv;

/// <summary>An input column as it was in the training data.</summary>
/// <param name="name">Its name.</param>
/// <param name="categories">Its categories; null for numbers.</param>
/// <param name="numberFormat">The format of its numbers; null for a decimal point and nothing else.</param>
public sealed class CsvInput(string name, LabelEncoder? categories, string? numberFormat = null)
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>Its categories, whose numbers the input transform takes; null for numbers.</summary>
    public LabelEncoder? Categories { get; } = categories;

    /// <summary>
    /// The format in which its numbers are written: the decimal separator, the one of thousands or 0 for none, then
    /// %, $ or ( where <see cref="CsvOptions.AllowPercent"/>, <see cref="CsvOptions.AllowCurrency"/> or
    /// <see cref="CsvOptions.AllowAccounting"/> hold, such as ",.%"; null for a decimal point and nothing else. New
    /// rows are read with it, unless their <see cref="CsvOptions"/> say other separators.
    /// </summary>
    public string? NumberFormat { get; } = numberFormat;

    /// <summary>The kind of data in the column.</summary>
    public CsvColumnKind Kind => Categories is null ? CsvColumnKind.Number : CsvColumnKind.Category;
}
