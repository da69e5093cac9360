using System.Collections;
using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using CsvHelper;
using NeuralNet.Guards;
using NeuralNet.Tables.Columns;
using NeuralNet.Tables.Csv;
using NeuralNet.Tables.Sources;

namespace NeuralNet.Tables;

/// <summary>
/// A table, from a file of text or anything else with rows: columns of numbers, categories, dates, true and false,
/// before any preprocessing.
/// </summary>
/// <remarks>
/// A file may be compressed with gzip. A category, or a class, is its text as it is written. Columns of which it is not
/// clear what they hold are refused where they are used as inputs, with the option to set: see
/// <see cref="TableOptions"/>. <see cref="Summary"/> tells what was found.
/// </remarks>
/// <example><code>
/// (Table training, Table test) = Table.Read("iris.csv").StratifiedSplit("species", 0.8, seed: 1);
/// TableSchema schema = training.FitClassification(label: "species");
/// Network&lt;float&gt; network = schema.BuildNetwork&lt;float&gt;(seed: 1);
/// var trainer = new Trainer&lt;float&gt;(network, schema.Loss, new Adam());
/// trainer.Fit(schema.ToTrainingSet&lt;float&gt;(training, seed: 1));
/// schema.ToPipeline(network).Save("iris.safetensors");
/// string[] species = Pipeline.Load&lt;float&gt;("iris.safetensors").PredictLabels(Table.Read("new.csv"));
/// </code></example>
public sealed class Table
{
    private readonly TableRows _rows;
    private readonly TableColumn[] _columns;

    internal Table(TableRows rows, TableColumn[] columns)
    {
        _rows = rows;
        _columns = columns;
    }

    /// <summary>The name of the table in messages, such as the path of a file.</summary>
    public string Name => _rows.Name;

    /// <summary>The options with which it was read.</summary>
    public TableOptions Options => _rows.Options;

    /// <summary>The columns.</summary>
    public IReadOnlyList<TableColumn> Columns => _columns;

    /// <summary>Number of rows, at least 1.</summary>
    public int RowCount => _rows.Lines.Length;

    /// <summary>The line of the file in which each row starts, from 1; of other tables, the number of the row.
    /// </summary>
    public ReadOnlySpan<long> Lines => _rows.Lines;

    /// <summary>One column.</summary>
    /// <param name="column">Its name or its index.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public TableColumn this[ColumnReference column]
    {
        get
        {
            int index = column.Find(Names);
            return index >= 0 ? _columns[index] : throw NoColumn(column);
        }
    }

    /// <summary>The <see cref="Summary"/> as text: a line per column.</summary>
    /// <returns>Several lines.</returns>
    public override string ToString() => Summary().ToString();

    internal string[] Names => Array.ConvertAll(_columns, column => column.Name);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Options of the reader; the defaults if null.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    /// <exception cref="InvalidDataException">
    /// A row or a field cannot be read; the message names line, column and text, and the option to set.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to the file is denied.</exception>
    public static Table Read(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        return Read(stream, options, path);
    }

    /// <summary>Reads a stream to its end; the stream stays open.</summary>
    /// <param name="stream">The stream, at the start of the data.</param>
    /// <param name="options">Options of the reader; the defaults if null.</param>
    /// <param name="name">The name of the data in messages.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    /// <exception cref="InvalidDataException">
    /// A row or a field cannot be read; the message names line, column and text, and the option to set.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static Table Read(Stream stream, CsvOptions? options = null, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new();
        options.Require();
        name = MessageText.File(name);
        CsvStart start = CsvStart.Of(stream, options, name, out Stream data, out CsvGzip? gzip);
        using CsvGzip? decompressor = gzip;
        if (options.SkipLines > 0)
        {
            // Lines end where characters say so, which takes the encoding.
            Encoding encoding = options.Encoding ?? new UTF8Encoding(false, throwOnInvalidBytes: true);
            using var text = new StreamReader(data, encoding, detectEncodingFromByteOrderMarks: true);
            return Read(text, options, name);
        }

        using CsvReader reader = CsvReader.Create(data, ReaderOptions(options, start.Delimiter));
        return new CsvTableReader(reader, options, start, name).Read();
    }

    /// <summary>Reads text to its end; the reader stays open.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">Options of the reader; the defaults if null.</param>
    /// <param name="name">The name of the data in messages.</param>
    /// <returns>The table.</returns>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    /// <exception cref="InvalidDataException">
    /// A row or a field cannot be read; the message names line, column and text, and the option to set.
    /// </exception>
    /// <exception cref="IOException">The text cannot be read.</exception>
    public static Table Read(TextReader text, CsvOptions? options = null, string name = "text")
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new();
        options.Require();
        name = MessageText.File(name);
        CsvStart start = CsvStart.Of(text, options, name, out TextReader data);
        using CsvReader reader = CsvReader.Create(data, ReaderOptions(options, start.Delimiter));
        return new CsvTableReader(reader, options, start, name).Read();
    }

    /// <summary>Makes a table of objects, such as records: each public property is a column.</summary>
    /// <typeparam name="T">The type of the objects; an anonymous one will do.</typeparam>
    /// <param name="rows">The objects. Dictionaries with texts as keys have a column for each key.</param>
    /// <param name="options">What the columns mean; the defaults if null.</param>
    /// <param name="name">The name of the table in messages.</param>
    /// <returns>The table, which equals the one of a file with these values; see <see cref="TableBuilder"/>.</returns>
    /// <exception cref="ArgumentException">
    /// The type has no properties or is that of a single value or a list, a row is null, or options contradict each
    /// other.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// There are no rows, or a value cannot be read; the message names row and column.
    /// </exception>
    public static Table FromRows<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IEnumerable<T> rows, TableOptions? options = null, string name = "rows")
    {
        ArgumentNullException.ThrowIfNull(rows);
        return rows switch
        {
            IEnumerable<IEnumerable<KeyValuePair<string, object?>>> named =>
                DictionaryRows.Read(named, options, name),
            IEnumerable<IDictionary> dictionaries => DictionaryRows.Read(dictionaries, options, name),
            _ => ObjectRows.Read(rows, options, name),
        };
    }

    /// <summary>Makes a table of the rows of a database query, or of anything else with such a reader.</summary>
    /// <param name="reader">The reader, in front of the first row; it is read to the end and stays open.</param>
    /// <param name="options">What the columns mean; the defaults if null.</param>
    /// <param name="name">The name of the table in messages.</param>
    /// <returns>The table, which equals the one of a file with these values; see <see cref="TableBuilder"/>.</returns>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    /// <exception cref="InvalidDataException">
    /// There are no rows, two columns have the same name, or a value cannot be read; the message names row and column.
    /// </exception>
    public static Table FromReader(IDataReader reader, TableOptions? options = null, string name = "query")
    {
        ArgumentNullException.ThrowIfNull(reader);
        return DataReaderRows.Read(reader, options, name);
    }

    /// <summary>Returns the rows that fulfil a condition.</summary>
    /// <example><code>
    /// Table adults = table.Where(row => row.Number("age") >= 18);
    /// Table men = table.Where(row => row["sex"] == "male");
    /// </code></example>
    /// <param name="condition">What must be true of a row.</param>
    /// <returns>A new table, with the rows in their order.</returns>
    /// <exception cref="ArgumentException">
    /// No row fulfils the condition, or it asks for a column that is not there.
    /// </exception>
    public Table Where(Func<TableRow, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        int[] rows = [.. Enumerable.Range(0, RowCount).Where(row => condition(new TableRow(this, row)))];
        return rows.Length > 0
            ? Select(rows)
            : throw new ArgumentException(
                $"None of the {RowCount} rows of '{Name}' fulfils the condition; a table needs at least one row.",
                nameof(condition));
    }

    /// <summary>Returns chosen rows.</summary>
    /// <param name="rows">The indices of the rows, each from 0 to <see cref="RowCount"/> − 1, in any order.</param>
    /// <returns>A new table.</returns>
    /// <exception cref="ArgumentException">None is chosen.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public Table Select(ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty)
        {
            throw new ArgumentException("A table needs at least one row, but none is chosen.", nameof(rows));
        }

        long[] lines = new long[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            if ((uint)rows[i] >= (uint)RowCount)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(rows),
                    rows[i],
                    $"There are {RowCount} rows, counted from 0, but row {rows[i]} was asked for.");
            }

            lines[i] = _rows.Lines[rows[i]];
        }

        TableRows selected = _rows with { Lines = lines };
        var columns = new TableColumn[_columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = _columns[i].Select(rows, selected);
        }

        return new(selected, columns);
    }

    /// <summary>Leaves out the rows in which a value is missing.</summary>
    /// <param name="columns">The columns that count, such as the target; all if there are none.</param>
    /// <returns>A new table.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="InvalidDataException">No row is left.</exception>
    public Table DropMissing(params IReadOnlyList<ColumnReference> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        TableColumn[] counting = columns.Count == 0 ? _columns : [.. columns.Select(column => this[column])];
        int[] rows = [.. Enumerable.Range(0, RowCount).Where(row => !counting.Any(column => column.IsMissing(row)))];
        return rows.Length > 0
            ? Select(rows)
            : throw new InvalidDataException(
                $"'{Name}': in each of {RowCount} rows a value is missing, of the columns "
                + $"{FieldText.Listed(counting.Select(column => column.Name), 10)}.");
    }

    /// <summary>Summarizes each column: its kind, and how many values are missing and different.</summary>
    /// <returns>The summary, whose text is a table to print.</returns>
    public TableSummary Summary() => new(this);

    /// <summary>Fits the preprocessing of a regression with one target to this table.</summary>
    /// <param name="target">The column of numbers to predict.</param>
    /// <param name="options">The inputs and their encoding; the defaults if null.</param>
    /// <returns>The fitted preprocessing, for this table and any other with the same columns.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such column, the target is among the inputs, or no input is left.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The target is no number or is missing in a row; it is not clear what an input holds; or one has missing values
    /// that nothing stands for.
    /// </exception>
    public TableSchema FitRegression(ColumnReference target, SchemaOptions? options = null) =>
        FitRegression([target], options);

    /// <summary>Fits the preprocessing of a regression with several targets to this table.</summary>
    /// <param name="targets">The columns of numbers to predict.</param>
    /// <param name="options">The inputs and their encoding; the defaults if null.</param>
    /// <inheritdoc cref="FitRegression(ColumnReference, SchemaOptions?)" path="/returns|/exception"/>
    public TableSchema FitRegression(IReadOnlyList<ColumnReference> targets, SchemaOptions? options = null) =>
        new SchemaFit(this, targets, options ?? new()).Regression();

    /// <summary>
    /// Fits the preprocessing of a network that is to give its own inputs back, such as an autoencoder that finds rows
    /// unlike those it has learned: see <see cref="TableReconstruction"/>.
    /// </summary>
    /// <param name="options">
    /// The inputs and their encoding; if null, all columns but identifiers, with numbers standardized.
    /// </param>
    /// <returns>The fitted preprocessing, whose data sets have the inputs as targets.</returns>
    /// <exception cref="ArgumentException">There is no such column, or no input.</exception>
    /// <exception cref="InvalidDataException">
    /// It is not clear what an input holds, one has missing values that nothing stands for, or more categories than
    /// become a feature each.
    /// </exception>
    public TableSchema FitReconstruction(SchemaOptions? options = null) =>
        new SchemaFit(this, [], options ?? new() { Numbers = NumberEncoding.Standardize }).Reconstruction();

    /// <summary>
    /// Fits the preprocessing of a classifier with one output per class to this table. For a yes-or-no question with a
    /// single output, see <see cref="FitBinaryClassification"/>.
    /// </summary>
    /// <param name="label">
    /// The column of the class: each different text is a class, such as "1", "1.0" and "01". The classes are in numeric
    /// order if all are numbers and not declared in <see cref="TableOptions.Categories"/>, else in ordinal order.
    /// </param>
    /// <param name="options">The inputs and their encoding; the defaults if null.</param>
    /// <returns>The fitted preprocessing, for this table and any other with the same columns.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such column, the label is among the inputs, or no input is left.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The label is missing in a row, there are too many classes; it is not clear what an input holds; or one has
    /// missing values that nothing stands for.
    /// </exception>
    public TableSchema FitClassification(ColumnReference label, SchemaOptions? options = null) =>
        new SchemaFit(this, [label], options ?? new()).Classification();

    /// <summary>Fits the preprocessing of a yes-or-no classifier with a single output to this table.</summary>
    /// <remarks>
    /// For a network with one output: <c>Dense(1)</c> with <c>SigmoidCrossEntropy</c>, or
    /// <c>Dense(1, new Sigmoid())</c> with <c>BinaryCrossEntropy</c>, which gives probabilities. <c>Precision</c>,
    /// <c>Recall</c> and <c>RocAuc</c> then measure the positive class.
    /// </remarks>
    /// <param name="label">The column of the class, which has two different texts.</param>
    /// <param name="positive">
    /// The positive class as it is written, such as "yes" or "1": its target is 1, and it is the second of
    /// <see cref="TableSchema.Labels"/>.
    /// </param>
    /// <param name="options">The inputs and their encoding; the defaults if null.</param>
    /// <returns>The fitted preprocessing, for this table and any other with the same columns.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such column, the label is among the inputs, or no input is left.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The label is missing in a row, or has other than two classes, one of them the positive one; it is not clear what
    /// an input holds; or one has missing values that nothing stands for.
    /// </exception>
    public TableSchema FitBinaryClassification(
        ColumnReference label, string positive, SchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(positive);
        return new SchemaFit(this, [label], options ?? new()).BinaryClassification(positive);
    }

    internal string Unit => _rows.Unit;

    internal string PlaceOf(int row, TableColumn column) => _rows.Where(row, column.Name);

    internal ArgumentException NoColumn(ColumnReference column) => new(column.NotIn(Name, Names));

    private static CsvReaderOptions ReaderOptions(CsvOptions options, char delimiter) => new()
    {
        Separator = delimiter,
        HasHeader = false,
        TrimWhitespace = false,
        SkipEmptyLines = false,
        Encoding = options.Encoding,
        MaxRecordSize = options.MaxRecordBytes,
        CommentPrefix = options.Comment,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        DetectSeparatorHint = false,
    };
}
