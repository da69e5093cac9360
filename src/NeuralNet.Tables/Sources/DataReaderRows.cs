using System.Data;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables.Sources;

/// <summary>Makes a table of the rows of a database query.</summary>
internal static class DataReaderRows
{
    public static Table Read(IDataReader reader, TableOptions? options, string name)
    {
        string[] names = new string[reader.FieldCount];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = reader.GetName(i) is { Length: > 0 } given ? given : ColumnReference.DefaultName(i);
            if (Array.IndexOf(names, names[i]) < i)
            {
                throw new InvalidDataException(
                    $"'{FieldText.Shown(name)}': two columns are called '{FieldText.Shown(names[i])}'; give one "
                    + "another name in the query.");
            }
        }

        if (names.Length == 0)
        {
            throw new InvalidDataException($"'{FieldText.Shown(name)}' has no columns.");
        }

        var builder = new TableBuilder(names, options, name);
        object?[] values = new object?[names.Length];
        while (reader.Read())
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = reader.GetValue(i);
            }

            builder.Add(values);
        }

        return builder.ToTable();
    }
}
