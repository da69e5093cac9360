using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.Preprocessing;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>Fits the encoding of columns as features, block by block.</summary>
/// <remarks>
/// Features lie in this order: numbers without a replacement of missing values, numbers with one, true and false, parts
/// of dates that go round, indicators of missing values, categories with a feature each, and last those by number, for
/// an embedding.
/// </remarks>
internal sealed class FeatureFit(Table table, SchemaOptions options)
{
    private readonly List<SchemaColumn> _columns = [];
    private readonly List<double[]> _values = [];
    private readonly List<MissingValues> _missing = [];
    private readonly Dictionary<int, double> _replacements = [];
    private readonly List<int> _numbers = [];
    private readonly List<int> _booleans = [];
    private readonly List<int> _cyclic = [];
    private readonly List<int> _indicators = [];
    private readonly List<int> _oneHot = [];
    private readonly List<int> _embedded = [];

    /// <summary>The raw features.</summary>
    public IReadOnlyList<SchemaColumn> Columns => _columns;

    /// <summary>
    /// The columns whose categories become numbers for an embedding, in the order of their features, which are the
    /// last.
    /// </summary>
    public IReadOnlyList<SchemaColumn> Embedded => [.. _embedded.Select(index => _columns[index])];

    /// <summary>A description of the encoding of each raw feature, for people to read.</summary>
    public IReadOnlyList<string> Notes => [.. Enumerable.Range(0, _columns.Count).Select(Note)];

    /// <summary>Does what may find numbers too large, and names the table then.</summary>
    public static TTransform Fitted<TTransform>(Table table, Func<TTransform> fit)
    {
        try
        {
            return fit();
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InvalidDataException(
                $"'{table.Name}': numbers are too large to be scaled: {MessageText.Reason(exception)}.", exception);
        }
    }

    /// <summary>Takes a column as an input.</summary>
    public void Add(TableColumn column)
    {
        if (column.Kind == ColumnKind.Date)
        {
            AddDate(column);
            return;
        }

        List<int> block = column.Kind switch
        {
            ColumnKind.Boolean => _booleans,
            ColumnKind.Category => column.Categories!.Labels.Count <= options.MaxOneHot ? _oneHot : _embedded,
            _ => _numbers,
        };
        Add(
            new(column.Name, column.Categories, ColumnRule.Of(column, table.Options) with
            {
                RefusesUnknown = column.Kind == ColumnKind.Category && options.RefuseUnknownCategories,
                TakesMissing = column.Kind == ColumnKind.Category && !column.Settings.Missing.IsRefused,
            }),
            column,
            column.Values.ToArray(),
            block);
    }

    /// <summary>The transform of all columns that were taken.</summary>
    public ColumnTransform ToTransform()
    {
        var blocks = new List<ColumnBlock>();
        AddBlocks(blocks, _numbers, Numbers);
        AddBlocks(blocks, _booleans, (_, _) => null);
        AddBlocks(blocks, _cyclic, Cyclic);
        if (_indicators.Count > 0)
        {
            blocks.Add(new(_indicators, new MissingIndicator(_indicators.Count)));
        }

        if (_oneHot.Count > 0)
        {
            double[][] known =
            [
                .. _oneHot.Select(index => Enumerable.Range(0, _columns[index].Categories!.Labels.Count)
                    .Select(number => (double)number).ToArray()),
            ];
            blocks.Add(new(_oneHot, new OneHotEncoding(known, options.RefuseUnknownCategories
                ? UnknownCategory.Refuse
                : UnknownCategory.Zeros)));
        }

        if (_embedded.Count > 0)
        {
            blocks.Add(new(_embedded));
        }

        return new(_columns.Count, blocks);
    }

    private void Add(SchemaColumn feature, TableColumn column, double[] values, List<int> block)
    {
        MissingValues missing = column.Settings.Missing;
        int index = _columns.Count;
        int row = feature.Kind == ColumnKind.Category
            ? column.FirstMissing()
            : Array.FindIndex(values, double.IsNaN);
        if (row >= 0 && missing.IsRefused)
        {
            throw new InvalidDataException(
                $"{table.PlaceOf(row, column)} is missing. {nameof(TableOptions)}.{nameof(TableOptions.Missing)} says "
                + $"what becomes of missing values, such as {nameof(MissingValues)}.{nameof(MissingValues.Median)}; "
                + $"for this column alone, {nameof(TableOptions.PerColumn)}["
                + $"\"{FieldText.Shown(column.Name)}\"] = new() {{ "
                + $"{nameof(ColumnOptions.Missing)} = … }}; {nameof(Table)}.{nameof(Table.DropMissing)} leaves rows "
                + "out.");
        }

        _columns.Add(feature);
        _values.Add(values);
        _missing.Add(missing);
        block.Add(index);

        // A date has one indicator, however many parts.
        if (row >= 0 && missing.HasIndicator && feature.Kind != ColumnKind.Category
            && !_indicators.Exists(other => _columns[other].Column == feature.Column))
        {
            _indicators.Add(index);
        }
    }

    private void AddDate(TableColumn column)
    {
        DateTime?[] dates = column.Dates();
        DateParts? given = column.Settings.Own?.DateParts;
        int count = _columns.Count;
        foreach (DateParts part in DateFeatures.All.Where(part => (given ?? DateFeatures.Usual).HasFlag(part)))
        {
            AddPart(column, dates, part, given is not null);
        }

        // Dates of years alone differ in nothing else.
        if (_columns.Count == count && given is null)
        {
            AddPart(column, dates, DateParts.Time, isGiven: false);
        }

        if (_columns.Count == count)
        {
            string held = Array.TrueForAll(dates, date => date is null)
                ? "no date in any row"
                : "the same date in all rows";
            throw new InvalidDataException(
                $"'{table.Name}': column '{FieldText.Shown(column.Name)}' holds {held}, of which "
                + $"nothing can be learned. Leave it out with {nameof(TableOptions)}.{nameof(TableOptions.Ignore)}.");
        }
    }

    // What never changes says nothing, such as the hour of dates without a time.
    private void AddPart(TableColumn column, DateTime?[] dates, DateParts part, bool isGiven)
    {
        double[] values = Array.ConvertAll(dates, date => DateFeatures.Value(date, part));
        if (isGiven || values.Where(value => !double.IsNaN(value)).Distinct().Count() > 1)
        {
            Add(
                new(DateFeatures.Name(column.Name, part), null, ColumnRule.Of(column, table.Options, part)),
                column,
                values,
                DateFeatures.Period(part) is null ? _numbers : _cyclic);
        }
    }

    // One block of the columns that refuse missing values, and one of those that replace them.
    private void AddBlocks(
        List<ColumnBlock> blocks, List<int> columns, Func<int[], Matrix<double>, IFeatureTransform?> encoding)
    {
        AddBlock(blocks, [.. columns.Where(index => _missing[index].IsRefused)], replaces: false, encoding);
        AddBlock(blocks, [.. columns.Where(index => !_missing[index].IsRefused)], replaces: true, encoding);
    }

    private void AddBlock(
        List<ColumnBlock> blocks,
        int[] columns,
        bool replaces,
        Func<int[], Matrix<double>, IFeatureTransform?> encoding)
    {
        if (columns.Length == 0)
        {
            return;
        }

        Matrix<double> values = Matrix<double>.Build.Dense(
            columns.Length, table.RowCount, (i, j) => _values[columns[i]][j]);
        var steps = new List<IFeatureTransform>();
        if (replaces)
        {
            Array.ForEach(columns, index => _replacements[index] = Replacement(index));
            var imputation = new Imputation(Array.ConvertAll(columns, index => _replacements[index]));
            steps.Add(imputation);
            values = imputation.Transform(values);
        }

        if (encoding(columns, values) is { } encoded)
        {
            steps.Add(encoded);
        }

        blocks.Add(new(columns, steps.Count switch { 0 => null, 1 => steps[0], _ => new TransformSequence(steps) }));
    }

    private IFeatureTransform? Numbers(int[] columns, Matrix<double> values) => options.Numbers switch
    {
        NumberEncoding.None => null,
        NumberEncoding.Standardize => Fitted(table, () => Standardization.Fit(values)),
        NumberEncoding.MinMax => Fitted(table, () => MinMaxScaling.Fit(values)),
        _ => Fitted(table, () => PiecewiseLinearEncoding.Fit(values, options.Bins, clips: true)),
    };

    private CyclicEncoding Cyclic(int[] columns, Matrix<double> values) =>
        new(Array.ConvertAll(columns, index => DateFeatures.Period(_columns[index].Part)!.Value));

    private double Replacement(int index)
    {
        MissingValues missing = _missing[index];
        if (missing.By == MissingValues.Replacement.Constant && _columns[index].Kind != ColumnKind.Date)
        {
            return missing.Value;
        }

        Matrix<double> values = Matrix<double>.Build.Dense(1, table.RowCount, _values[index]);
        try
        {
            Imputation fitted = missing.By == MissingValues.Replacement.Mean
                ? Imputation.FitMean(values)
                : Imputation.FitMedian(values);
            return fitted.Replacements[0];
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{table.Name}': column '{FieldText.Shown(_columns[index].Column)}' has no value in any of "
                    + $"{table.RowCount} rows, so nothing can stand for it. Leave it out with {nameof(TableOptions)}."
                    + $"{nameof(TableOptions.Ignore)}."),
                exception);
        }
    }

    private static string Categories(SchemaColumn column) =>
        Quantity.Of(column.Categories!.Labels.Count, "category", "categories");

    private string Note(int index)
    {
        SchemaColumn column = _columns[index];
        string encoding = column.Kind switch
        {
            ColumnKind.Category when _embedded.Contains(index) =>
                $"embedding of {Categories(column)}",
            ColumnKind.Category => $"one-hot, {Categories(column)}",
            ColumnKind.Boolean => "0 or 1",
            ColumnKind.Date when _cyclic.Contains(index) => "sine and cosine",
            _ when options.Numbers == NumberEncoding.PiecewiseLinear => $"piecewise linear, up to {options.Bins} bins",
            _ => options.Numbers.ToString().ToLowerInvariant(),
        };
        string missing = column.Kind == ColumnKind.Category || _missing[index].IsRefused
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"; missing {_replacements[index]:g6}")
                + (_indicators.Contains(index) ? ", with an indicator" : "");
        return $"{FieldText.Shown(column.Name)}: {encoding}{missing}";
    }
}
