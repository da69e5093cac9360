using System.Collections;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables.Sources;

/// <summary>Makes a table of rows that name their values, a column per name.</summary>
internal static class DictionaryRows
{
    /// <summary>Takes dictionaries of any values, such as texts or numbers alone.</summary>
    public static Table Read(IEnumerable<IDictionary> rows, TableOptions? options, string name) =>
        Read(rows.Select(Named), options, name);

    public static Table Read(
        IEnumerable<IEnumerable<KeyValuePair<string, object?>>> rows, TableOptions? options, string name)
    {
        // All rows first: a name may come late.
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        var values = new List<Dictionary<string, object?>>();
        foreach (IEnumerable<KeyValuePair<string, object?>> row in rows)
        {
            if (row is null)
            {
                throw new ArgumentException($"Row {values.Count + 1} is null.", nameof(rows));
            }

            var named = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach ((string key, object? value) in row)
            {
                columns.TryAdd(key, columns.Count);
                if (!named.TryAdd(key, value))
                {
                    throw new ArgumentException(
                        $"Row {values.Count + 1} has two values of '{FieldText.Shown(key)}'.", nameof(rows));
                }
            }

            values.Add(named);
        }

        if (columns.Count == 0)
        {
            throw new InvalidDataException($"'{FieldText.Shown(name)}' has no rows with values.");
        }

        var builder = new TableBuilder([.. columns.Keys], options, name);
        object?[] line = new object?[columns.Count];
        foreach (Dictionary<string, object?> named in values)
        {
            Array.Clear(line);
            foreach ((string key, object? value) in named)
            {
                line[columns[key]] = value;
            }

            builder.Add(line);
        }

        return builder.ToTable();
    }

    private static IEnumerable<KeyValuePair<string, object?>> Named(IDictionary row)
    {
        if (row is null)
        {
            return null!;
        }

        var named = new List<KeyValuePair<string, object?>>(row.Count);
        foreach (DictionaryEntry entry in row)
        {
            named.Add(entry.Key is string key
                ? new(key, entry.Value)
                : throw new ArgumentException(
                    $"The key {entry.Key} is no text, so that it names no column.", nameof(row)));
        }

        return named;
    }
}
