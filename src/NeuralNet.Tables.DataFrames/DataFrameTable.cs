using Microsoft.Data.Analysis;

namespace NeuralNet.Tables.DataFrames;

/// <summary>Makes tables of data frames.</summary>
public static class DataFrameTable
{
    /// <summary>Makes a table of a data frame.</summary>
    /// <remarks>Not an extension: a data frame has a method that makes a table of a database of it.</remarks>
    /// <param name="frame">The data frame, whose columns have different names.</param>
    /// <param name="options">What the columns mean; the defaults if null.</param>
    /// <param name="name">The name of the table in messages.</param>
    /// <returns>
    /// The table, which equals the one of a file with these values; see <see cref="TableBuilder"/>. Nulls are missing.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// Two columns have the same name, or options contradict each other.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// There are no rows, or a value cannot be read; the message names row and column.
    /// </exception>
    public static Table From(
        DataFrame frame, TableOptions? options = null, string name = "data frame")
    {
        ArgumentNullException.ThrowIfNull(frame);
        var builder = new TableBuilder([.. frame.Columns.Select(column => column.Name)], options, name);
        object?[] values = new object?[frame.Columns.Count];
        for (long row = 0; row < frame.Rows.Count; row++)
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = frame.Columns[i][row];
            }

            builder.Add(values);
        }

        return builder.ToTable();
    }
}
