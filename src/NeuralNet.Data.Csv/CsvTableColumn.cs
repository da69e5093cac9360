using NeuralNet.Preprocessing;

namespace NeuralNet.Data.Csv;

/// <summary>A column of a table: numbers, with NaN for missing values, or categories.</summary>
public sealed class CsvTableColumn
{
    private readonly double[] _values;

    internal CsvTableColumn(string name, double[] values, LabelEncoder? categories)
    {
        Name = name;
        _values = values;
        Categories = categories;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The kind of data in the column.</summary>
    public CsvColumnKind Kind => Categories is null ? CsvColumnKind.Number : CsvColumnKind.Category;

    /// <summary>
    /// A number per row, NaN if it is missing; for categories, the number of each in <see cref="Categories"/>.
    /// </summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The categories; null for numbers.</summary>
    public LabelEncoder? Categories { get; }

    /// <summary>Returns chosen rows, with the categories that still occur.</summary>
    internal CsvTableColumn Select(ReadOnlySpan<int> rows)
    {
        double[] values = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            values[i] = _values[rows[i]];
        }

        if (Categories is null)
        {
            return new(Name, values, null);
        }

        // In the same order as before, those that still occur.
        int[] kept = [.. values.Select(value => (int)value).Distinct().Order()];
        double[] renumbered = Array.ConvertAll(values, value => (double)Array.BinarySearch(kept, (int)value));
        return new(Name, renumbered, new([.. kept.Select(Categories.Decode)]));
    }
}
