using NeuralNet.Guards;
using Parquet;
using Parquet.Schema;

namespace NeuralNet.Tables.Parquet;

/// <summary>Reads tables from Parquet files.</summary>
public static class ParquetTable
{
    /// <summary>Reads a file.</summary>
    /// <remarks>
    /// The reader beneath is a library that takes the memory that a page of the file asks for, and the time that its
    /// description claims: open no files of unknown origin where either is short.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="options">What the columns mean, and which are read; the defaults if null.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The table, which equals the one of a file of text with these values; nulls are missing.</returns>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, cannot be read to its end, or has no rows; a column holds lists or other values of several
    /// parts; or a value does not fit what the options say of its column.
    /// </exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static async Task<Table> ReadAsync(
        string path, TableOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        FileStream stream = File.OpenRead(path);
        await using (stream.ConfigureAwait(false))
        {
            return await ReadAsync(stream, options, path, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a stream that can seek; it stays open.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="options">What the columns mean, and which are read; the defaults if null.</param>
    /// <param name="name">The name of the data in messages.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <inheritdoc cref="ReadAsync(string, TableOptions?, CancellationToken)" path="/returns|/exception"/>
    public static async Task<Table> ReadAsync(
        Stream stream,
        TableOptions? options = null,
        string name = "stream",
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        DataField[] fields;
        List<object?[][]> groups = [];
        long rows = 0;
        bool isTooLong = false;
        int most = (options ?? new()).MaxRows;
        name = MessageText.File(name);
        try
        {
            ParquetReader reader = await ParquetReader
                .CreateAsync(stream, parquetOptions: null, leaveStreamOpen: true, cancellationToken)
                .ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                fields = reader.Schema.GetDataFields();
                for (int i = 0; i < reader.RowGroupCount; i++)
                {
                    using ParquetRowGroupReader group = reader.OpenRowGroupReader(i);

                    // Before memory is taken for what the file only claims.
                    rows += group.RowCount;
                    if (group.RowCount < 0 || rows > most)
                    {
                        isTooLong = true;
                        break;
                    }

                    object?[][] columns = new object?[fields.Length][];
                    for (int j = 0; j < columns.Length; j++)
                    {
                        columns[j] = await ParquetColumn.ReadAsync(group, fields[j], cancellationToken)
                            .ConfigureAwait(false);
                    }

                    groups.Add(columns);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The reader tells a damaged file by exceptions of all kinds.
            throw new InvalidDataException(
                $"'{name}' is no Parquet file that can be read: {MessageText.Reason(exception)}.",
                MessageText.Cause(exception));
        }

        return isTooLong
            ? throw new InvalidDataException(
                $"'{name}' says that it has {rows} rows, more than the {most} that {nameof(TableOptions.MaxRows)} "
                + "allows.")
            : Assemble(fields, groups, options, name);
    }

    private static Table Assemble(DataField[] fields, List<object?[][]> groups, TableOptions? options, string name)
    {
        if (fields.Length == 0)
        {
            throw new InvalidDataException($"'{name}' has no columns.");
        }

        var builder = new TableBuilder([.. fields.Select(field => field.Path.ToString())], options, name);
        object?[] values = new object?[fields.Length];
        foreach (object?[][] columns in groups)
        {
            for (int row = 0; row < columns[0].Length; row++)
            {
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = columns[i][row];
                }

                builder.Add(values);
            }
        }

        return builder.ToTable();
    }
}
