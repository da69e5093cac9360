using System.Globalization;
using CsvHelper;
using NeuralNet.Guards;

namespace NeuralNet.Data.Csv;

/// <summary>A table read from a CSV file: columns of numbers and of categories, before any preprocessing.</summary>
/// <remarks>
/// A file may be compressed with gzip. A category, or a class, is its text as it is written. Columns that are neither
/// clearly numbers nor clearly categories are refused where they are used as inputs, with the option to set: see
/// <see cref="CsvColumnKind.Undecided"/>.
/// </remarks>
/// <example><code>
/// (CsvTable training, CsvTable test) = CsvTable.Read("iris.csv").StratifiedSplit("species", 0.8, seed: 1);
/// CsvPreprocessing preprocessing = training.FitClassification(label: "species");
/// DataSet&lt;float&gt; data = preprocessing.ToDataSet&lt;float&gt;(training);
/// // … train a network of preprocessing.InputSize inputs and preprocessing.TargetSize outputs on it …
/// preprocessing.ToPipeline(network).Save("iris.safetensors");
/// string[] species = Pipeline.Load&lt;float&gt;("iris.safetensors").PredictLabels(CsvTable.Read("new.csv"));
/// </code></example>
public sealed class CsvTable
{
    private readonly CsvRows _rows;
    private readonly CsvTableColumn[] _columns;

    internal CsvTable(CsvRows rows, CsvTableColumn[] columns)
    {
        _rows = rows;
        _columns = columns;
    }

    /// <summary>The name of the file in messages.</summary>
    public string Name => _rows.Name;

    /// <summary>The options with which it was read.</summary>
    public CsvOptions Options => _rows.Options;

    /// <summary>The columns.</summary>
    public IReadOnlyList<CsvTableColumn> Columns => _columns;

    /// <summary>Number of rows, at least 1.</summary>
    public int RowCount => _rows.Lines.Length;

    /// <summary>The line of the file in which each row starts, from 1.</summary>
    public ReadOnlySpan<long> Lines => _rows.Lines;

    /// <summary>One column.</summary>
    /// <param name="column">Its name or its index.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public CsvTableColumn this[CsvColumn column]
    {
        get
        {
            int index = column.Find(Names);
            return index >= 0 ? _columns[index] : throw NoColumn(column);
        }
    }

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
    public static CsvTable Read(string path, CsvOptions? options = null)
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
    public static CsvTable Read(Stream stream, CsvOptions? options = null, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= new();
        options.RequireSeparators();
        name = MessageText.File(name);
        CsvStart start = CsvStart.Of(stream, options, name, out Stream data, out CsvGzip? gzip);
        using CsvGzip? decompressor = gzip;
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
    public static CsvTable Read(TextReader text, CsvOptions? options = null, string name = "text")
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new();
        options.RequireSeparators();
        name = MessageText.File(name);
        CsvStart start = CsvStart.Of(text, options, out TextReader data);
        using CsvReader reader = CsvReader.Create(data, ReaderOptions(options, start.Delimiter));
        return new CsvTableReader(reader, options, start, name).Read();
    }

    /// <summary>Returns chosen rows.</summary>
    /// <param name="rows">The indices of the rows, each from 0 to <see cref="RowCount"/> − 1, in any order.</param>
    /// <returns>A new table.</returns>
    /// <exception cref="ArgumentException">None is chosen.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    public CsvTable Select(ReadOnlySpan<int> rows)
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

        CsvRows selected = _rows with { Lines = lines };
        var columns = new CsvTableColumn[_columns.Length];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = _columns[i].Select(rows, selected);
        }

        return new(selected, columns);
    }

    /// <summary>Splits the table in two at random, before anything is fitted to it.</summary>
    /// <param name="firstFraction">
    /// Share of the first part, between 0 and 1, such as 0.8; rounded to whole rows.
    /// </param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>The two parts.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The fraction is not between 0 and 1, or a part would be empty.
    /// </exception>
    public (CsvTable First, CsvTable Second) Split(double firstFraction, int seed)
    {
        int first = FirstCount(firstFraction);
        int[] order = [.. Enumerable.Range(0, RowCount)];
        Randomness.RandomStream.FromSeed(seed).CreateGenerator().Shuffle(order);
        return (Select(order.AsSpan(0, first)), Select(order.AsSpan(first)));
    }

    /// <summary>
    /// Splits the table in two at random, before anything is fitted to it, with the same share of every class in both
    /// parts, as nearly as possible. Use it if a class is rare.
    /// </summary>
    /// <param name="label">
    /// The column of the class: each different text, such as "1" and "1.0", is a class. Missing values are a class of
    /// their own.
    /// </param>
    /// <param name="firstFraction">
    /// Share of the first part, between 0 and 1, such as 0.8; rounded to whole rows.
    /// </param>
    /// <param name="seed">The same seed gives the same parts.</param>
    /// <returns>The two parts.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The fraction is not between 0 and 1, or a part would be empty.
    /// </exception>
    public (CsvTable First, CsvTable Second) StratifiedSplit(CsvColumn label, double firstFraction, int seed)
    {
        int first = FirstCount(firstFraction);
        int[] classes = this[label].Ranks();
        int[] order = [.. Enumerable.Range(0, RowCount)];
        Randomness.RandomStream.FromSeed(seed).CreateGenerator().Shuffle(order);

        // Class after class, the rows are lined up and each adds the share of the first part to a sum; a row whose step
        // passes a whole number goes into the first part.
        int[] byClass = [.. order.GroupBy(row => classes[row]).OrderBy(rows => rows.Key).SelectMany(rows => rows)];
        var inFirst = new bool[RowCount];
        for (int i = 0; i < byClass.Length; i++)
        {
            inFirst[byClass[i]] = (long)(i + 1) * first / RowCount > (long)i * first / RowCount;
        }

        return (
            Select(Array.FindAll(order, row => inFirst[row])),
            Select(Array.FindAll(order, row => !inFirst[row])));
    }

    /// <summary>Fits the preprocessing of a regression with one target to this table.</summary>
    /// <param name="target">The column of numbers to predict.</param>
    /// <param name="inputs">The columns to predict it from; all others if null.</param>
    /// <param name="scaling">The scaling of input numbers.</param>
    /// <param name="targetScaling">
    /// The scaling of the target, none by default. If it is scaled, <see cref="CsvPreprocessing.Targets"/> turns
    /// predictions back.
    /// </param>
    /// <param name="unknown">The treatment of categories of an input that do not occur in this table.</param>
    /// <returns>The fitted preprocessing, for this table and any other with the same columns.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such column, the target is among the inputs, or no input is left.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The target is a category or is missing in a row, or an input has no values to compute a replacement from.
    /// </exception>
    public CsvPreprocessing FitRegression(
        CsvColumn target,
        IReadOnlyList<CsvColumn>? inputs = null,
        FeatureScaling scaling = FeatureScaling.Standardize,
        FeatureScaling targetScaling = FeatureScaling.None,
        Preprocessing.UnknownCategory unknown = Preprocessing.UnknownCategory.Refuse) =>
        FitRegression([target], inputs, scaling, targetScaling, unknown);

    /// <summary>Fits the preprocessing of a regression with several targets to this table.</summary>
    /// <param name="targets">The columns of numbers to predict.</param>
    /// <param name="inputs">The columns to predict them from; all others if null.</param>
    /// <param name="scaling">The scaling of input numbers.</param>
    /// <param name="targetScaling">The scaling of the targets, none by default.</param>
    /// <param name="unknown">The treatment of categories of an input that do not occur in this table.</param>
    /// <returns>The fitted preprocessing, for this table and any other with the same columns.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such column, a target is among the inputs, or there are no inputs or no targets.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// A target is a category or is missing in a row, or an input has no values to compute a replacement from.
    /// </exception>
    public CsvPreprocessing FitRegression(
        IReadOnlyList<CsvColumn> targets,
        IReadOnlyList<CsvColumn>? inputs = null,
        FeatureScaling scaling = FeatureScaling.Standardize,
        FeatureScaling targetScaling = FeatureScaling.None,
        Preprocessing.UnknownCategory unknown = Preprocessing.UnknownCategory.Refuse) =>
        new CsvFit(this, targets, inputs, scaling, unknown).Regression(targetScaling);

    /// <summary>
    /// Fits the preprocessing of a classifier with one output per class to this table. For a yes-or-no question with a
    /// single output, see <see cref="FitBinaryClassification"/>.
    /// </summary>
    /// <param name="label">
    /// The column of the class: each different text is a class, such as "1", "1.0" and "01". The classes are in numeric
    /// order if all are numbers and not declared in <see cref="CsvOptions.Categories"/>, else in ordinal order.
    /// </param>
    /// <param name="inputs">The columns to predict it from; all others if null.</param>
    /// <param name="scaling">The scaling of input numbers.</param>
    /// <param name="unknown">The treatment of categories of an input that do not occur in this table.</param>
    /// <returns>The fitted preprocessing, for this table and any other with the same columns.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such column, the label is among the inputs, or no input is left.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The label is missing in a row, there are too many classes, or an input has no values to compute a replacement
    /// from.
    /// </exception>
    public CsvPreprocessing FitClassification(
        CsvColumn label,
        IReadOnlyList<CsvColumn>? inputs = null,
        FeatureScaling scaling = FeatureScaling.Standardize,
        Preprocessing.UnknownCategory unknown = Preprocessing.UnknownCategory.Refuse) =>
        new CsvFit(this, [label], inputs, scaling, unknown).Classification();

    /// <summary>Fits the preprocessing of a yes-or-no classifier with a single output to this table.</summary>
    /// <remarks>
    /// For a network with one output: <c>Dense(1)</c> with <c>SigmoidCrossEntropy</c>, or
    /// <c>Dense(1, new Sigmoid())</c> with <c>BinaryCrossEntropy</c>, which gives probabilities. <c>Precision</c>,
    /// <c>Recall</c> and <c>RocAuc</c> then measure the positive class.
    /// </remarks>
    /// <param name="label">The column of the class, which has two different texts.</param>
    /// <param name="positive">
    /// The positive class as it is written, such as "yes" or "1": its target is 1, and it is the second of
    /// <see cref="CsvPreprocessing.Labels"/>.
    /// </param>
    /// <param name="inputs">The columns to predict it from; all others if null.</param>
    /// <param name="scaling">The scaling of input numbers.</param>
    /// <param name="unknown">The treatment of categories of an input that do not occur in this table.</param>
    /// <returns>The fitted preprocessing, for this table and any other with the same columns.</returns>
    /// <exception cref="ArgumentException">
    /// There is no such column, the label is among the inputs, or no input is left.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// The label is missing in a row, or has other than two classes, one of them the positive one; or an input has no
    /// values to compute a replacement from.
    /// </exception>
    public CsvPreprocessing FitBinaryClassification(
        CsvColumn label,
        string positive,
        IReadOnlyList<CsvColumn>? inputs = null,
        FeatureScaling scaling = FeatureScaling.Standardize,
        Preprocessing.UnknownCategory unknown = Preprocessing.UnknownCategory.Refuse)
    {
        ArgumentNullException.ThrowIfNull(positive);
        return new CsvFit(this, [label], inputs, scaling, unknown).BinaryClassification(positive);
    }

    internal ArgumentException NoColumn(CsvColumn column) => new(column.NotIn(Name, Names));

    private int FirstCount(double firstFraction)
    {
        int first = firstFraction > 0 && firstFraction < 1 ? (int)Math.Round(firstFraction * RowCount) : 0;
        return first >= 1 && first < RowCount
            ? first
            : throw new ArgumentOutOfRangeException(
                nameof(firstFraction),
                firstFraction,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The share of the first part must be above 0 and below 1 and leave neither part of {RowCount} "
                    + $"rows empty, but it is {firstFraction}.")
                + (firstFraction is > 1 and < 100
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $" It is a share, not percent: for {firstFraction} % write {firstFraction / 100}.")
                    : ""));
    }

    private static CsvReaderOptions ReaderOptions(CsvOptions options, char delimiter) => new()
    {
        Separator = delimiter,
        HasHeader = false,
        TrimWhitespace = false,
        SkipEmptyLines = false,
        Encoding = options.Encoding,
        MaxRecordSize = options.MaxRecordBytes,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        DetectSeparatorHint = false,
    };
}
