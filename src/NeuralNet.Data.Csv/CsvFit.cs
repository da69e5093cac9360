using System.Globalization;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.Preprocessing;

namespace NeuralNet.Data.Csv;

/// <summary>Fits a preprocessing to a table.</summary>
internal sealed class CsvFit
{
    private readonly CsvTable _table;
    private readonly CsvTableColumn[] _inputs;
    private readonly CsvTableColumn[] _targets;
    private readonly FeatureScaling _scaling;
    private readonly UnknownCategory _unknown;

    public CsvFit(
        CsvTable table,
        IReadOnlyList<CsvColumn> targets,
        IReadOnlyList<CsvColumn>? inputs,
        FeatureScaling scaling,
        UnknownCategory unknown)
    {
        ArgumentNullException.ThrowIfNull(targets);
        _table = table;
        _scaling = scaling;
        _unknown = unknown;
        _targets = [.. targets.Select(target => table[target])];
        _inputs = inputs is null ? [.. table.Columns.Except(_targets)] : [.. inputs.Select(input => table[input])];
        foreach (CsvTableColumn both in _inputs.Intersect(_targets))
        {
            throw new ArgumentException(
                $"Column '{CsvSource.Shown(both.Name)}' is both an input and a target.", nameof(inputs));
        }

        if (_inputs.Length == 0 || _targets.Length == 0)
        {
            throw new ArgumentException(
                $"There {Quantity.Are(_inputs.Length, "input")} and {Quantity.Of(_targets.Length, "target")}; there "
                + "must be at least one of each.");
        }

        foreach (CsvTableColumn[] columns in new[] { _inputs, _targets })
        {
            if (columns.Distinct().Count() != columns.Length)
            {
                throw new ArgumentException(
                    "A column is named twice.", columns == _inputs ? nameof(inputs) : nameof(targets));
            }
        }
    }

    public CsvPreprocessing Regression(FeatureScaling targetScaling)
    {
        foreach (CsvTableColumn target in _targets)
        {
            if (target.Kind == CsvColumnKind.Category)
            {
                throw new InvalidDataException(
                    $"'{_table.Name}': column '{CsvSource.Shown(target.Name)}' holds categories, such as "
                    + $"'{CsvSource.Shown(target.Categories!.Decode(0))}', so it is no target of a regression. For its "
                    + $"classes there is {nameof(CsvTable.FitClassification)}.");
            }

            CsvPreprocessing.RequirePresent(_table, target);
        }

        Matrix<double> values = CsvPreprocessing.Numbers(_table, _targets, ", for it is the target of a regression");
        foreach (CsvTableColumn target in _targets.Where(target => target.Kind == CsvColumnKind.Undecided))
        {
            _ = target.Values;
        }

        return new(Inputs(), InputTransform(), Names(_targets), Scaling(values, targetScaling));
    }

    public CsvPreprocessing Classification() => new(Inputs(), InputTransform(), _targets[0].Name, Labels());

    public CsvPreprocessing BinaryClassification(string positive)
    {
        LabelEncoder labels = Labels();
        if (labels.Labels.Count != 2 || !labels.TryEncode(positive, out int number))
        {
            throw new InvalidDataException(
                $"'{_table.Name}': column '{CsvSource.Shown(_targets[0].Name)}' must hold "
                + $"'{CsvSource.Shown(positive)}' and one other class, "
                + $"but it holds {CsvSource.Listed(labels.Labels, 10)}.");
        }

        return new(
            Inputs(),
            InputTransform(),
            _targets[0].Name,
            new([labels.Decode(1 - number), labels.Decode(number)]),
            isBinary: true);
    }

    private LabelEncoder Labels()
    {
        CsvTableColumn label = _targets[0];
        CsvPreprocessing.RequirePresent(_table, label);
        return label.Classes();
    }

    private static string[] Names(CsvTableColumn[] columns) => Array.ConvertAll(columns, column => column.Name);

    private IFeatureTransform? InputScaling(Matrix<double> values) => _scaling == FeatureScaling.PiecewiseLinear
        ? Fitted(() => PiecewiseLinearEncoding.Fit(values))
        : Scaling(values, _scaling);

    private IInvertibleTransform? Scaling(Matrix<double> values, FeatureScaling scaling) => scaling switch
    {
        FeatureScaling.None => null,
        FeatureScaling.Standardize => Fitted(() => Standardization.Fit(values)),
        FeatureScaling.MinMax => Fitted(() => MinMaxScaling.Fit(values)),
        FeatureScaling.PiecewiseLinear => throw new ArgumentOutOfRangeException(
            nameof(scaling),
            scaling,
            $"{nameof(FeatureScaling)}.{scaling} is for inputs; targets must be turned back, so standardize them."),
        _ => throw new ArgumentOutOfRangeException(
            nameof(scaling), scaling, $"There is no {nameof(FeatureScaling)} {scaling}."),
    };

    private TTransform Fitted<TTransform>(Func<TTransform> fit)
    {
        try
        {
            return fit();
        }
        catch (ArgumentOutOfRangeException exception)
        {
            throw new InvalidDataException(
                $"'{_table.Name}': numbers are too large to be scaled: {MessageText.Reason(exception)}.", exception);
        }
    }

    private CsvInput[] Inputs()
    {
        foreach (CsvTableColumn input in _inputs)
        {
            RequireLearnable(input);
        }

        return Array.ConvertAll(_inputs, column => new CsvInput(
            column.Name,
            column.Categories,
            column.Kind == CsvColumnKind.Number ? new CsvNumberFormat(_table.Options).Code : null));
    }

    // An identifier or a name has as many categories as rows, of which none can be learned.
    private void RequireLearnable(CsvTableColumn input)
    {
        if (input.Kind == CsvColumnKind.Undecided)
        {
            _ = input.Values;
        }

        const int MostOfOwn = 100;
        if (input.Kind != CsvColumnKind.Category || input.IsDeclared)
        {
            return;
        }

        (int count, int rows) = (input.Settled.DistinctCount, input.Settled.RowCount);
        if (count > MostOfOwn && count > rows / 2)
        {
            throw new InvalidDataException(
                $"'{_table.Name}': column '{CsvSource.Shown(input.Name)}' holds {count} different texts in "
                + $"{rows} rows, such as '{CsvSource.Shown(input.Categories!.Decode(0))}': an identifier or "
                + $"free text, of which nothing can be learned. Leave it out with {nameof(CsvOptions)}."
                + $"{nameof(CsvOptions.Ignore)}; if they are categories, name it in {nameof(CsvOptions.Categories)}.");
        }
    }

    // Numbers first, then the features of each column of categories.
    private ColumnTransform InputTransform()
    {
        var blocks = new List<ColumnBlock>();
        int[] numbers = [.. Enumerable.Range(0, _inputs.Length).Where(i => _inputs[i].Categories is null)];
        if (numbers.Length > 0)
        {
            Matrix<double> values = CsvPreprocessing.Numbers(_table, Array.ConvertAll(numbers, i => _inputs[i]), "");
            var steps = new List<IFeatureTransform>();
            if (Imputation(values) is { } imputation)
            {
                steps.Add(imputation);
                values = imputation.Transform(values);
            }

            if (InputScaling(values) is { } scaling)
            {
                steps.Add(scaling);
            }

            blocks.Add(
                new(numbers, steps.Count switch { 0 => null, 1 => steps[0], _ => new TransformSequence(steps) }));
        }

        int[] categories = [.. Enumerable.Range(0, _inputs.Length).Where(i => _inputs[i].Categories is not null)];
        if (categories.Length > 0)
        {
            double[][] known = Array.ConvertAll(
                categories,
                i =>
                    Enumerable.Range(0, _inputs[i].Categories!.Labels.Count).Select(number => (double)number)
                        .ToArray());
            blocks.Add(new(categories, new OneHotEncoding(known, _unknown)));
        }

        return new(_inputs.Length, blocks);
    }

    private Imputation? Imputation(Matrix<double> values)
    {
        try
        {
            return _table.Options.Missing switch
            {
                MissingValues.Mean => Preprocessing.Imputation.FitMean(values),
                MissingValues.Median => Preprocessing.Imputation.FitMedian(values),
                MissingValues.Constant => new Imputation(
                    [.. Enumerable.Repeat(_table.Options.MissingConstant, values.RowCount)]),
                _ => null,
            };
        }
        catch (ArgumentException exception)
        {
            CsvTableColumn? empty = Array.Find(
                _inputs, column => column.Categories is null && !column.Values.ToArray().Any(double.IsFinite));
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{_table.Name}': column '{CsvSource.Shown(empty?.Name ?? "")}' has no value in any of "
                    + $"{_table.RowCount} rows, so nothing can stand for it."),
                exception);
        }
    }
}
