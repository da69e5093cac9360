using NeuralNet.Preprocessing;

namespace NeuralNet.Data.Csv;

/// <summary>A column of a table: numbers, NaN where one is missing, or categories.</summary>
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

    /// <summary>What it holds.</summary>
    public CsvColumnKind Kind => Categories is null ? CsvColumnKind.Number : CsvColumnKind.Category;

    /// <summary>
    /// A number per row, NaN where it is missing; of categories, the number of each in <see cref="Categories"/>.
    /// </summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The categories; null for numbers.</summary>
    public LabelEncoder? Categories { get; }

    /// <summary>Chosen rows, with the categories that are left.</summary>
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

        // In their order as before, each one that is still there.
        int[] kept = [.. values.Select(value => (int)value).Distinct().Order()];
        double[] renumbered = Array.ConvertAll(values, value => (double)Array.BinarySearch(kept, (int)value));
        return new(Name, renumbered, new([.. kept.Select(Categories.Decode)]));
    }
}
