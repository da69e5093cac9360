using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.Preprocessing;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>Fits a schema to a table.</summary>
internal sealed class SchemaFit
{
    private readonly Table _table;
    private readonly TableColumn[] _inputs;
    private readonly TableColumn[] _targets;
    private readonly SchemaOptions _options;

    public SchemaFit(Table table, IReadOnlyList<ColumnReference> targets, SchemaOptions options)
    {
        ArgumentNullException.ThrowIfNull(targets);
        _table = table;
        _options = options;
        _targets = [.. targets.Select(target => table[target])];
        _inputs = options.Inputs is null
            ? [.. table.Columns.Except(_targets).Where(column => column.Kind != ColumnKind.Identifier)]
            : [.. options.Inputs.Select(input => table[input])];
        foreach (TableColumn both in _inputs.Intersect(_targets))
        {
            throw new ArgumentException(
                $"Column '{FieldText.Shown(both.Name)}' is both an input and a target.", nameof(options));
        }

        if (_inputs.Length == 0)
        {
            throw new ArgumentException("There are 0 inputs; there must be at least one.", nameof(options));
        }

        foreach (TableColumn[] columns in new[] { _inputs, _targets })
        {
            if (columns.Distinct().Count() != columns.Length)
            {
                throw new ArgumentException(
                    "A column is named twice.",
                    columns == _inputs ? nameof(options) : nameof(targets));
            }
        }
    }

    public TableSchema Regression()
    {
        if (_targets.Length == 0)
        {
            throw new ArgumentException(
                $"There are 0 targets; there must be at least one. {nameof(Table)}.{nameof(Table.FitReconstruction)} "
                + "needs none.");
        }

        foreach (TableColumn target in _targets)
        {
            if (target.Categories is { } categories)
            {
                throw new InvalidDataException(
                    $"'{_table.Name}': column '{FieldText.Shown(target.Name)}' holds categories, such as "
                    + $"'{FieldText.Shown(categories.Decode(0))}', so it is no target of a regression. For its "
                    + $"classes there is {nameof(Table.FitClassification)}.");
            }

            TableSchema.RequirePresent(_table, target);
        }

        Matrix<double> values = TableSchema.Numbers(_table, _targets, ", for it is the target of a regression");
        foreach (TableColumn target in _targets.Where(target => target.Kind == ColumnKind.Undecided))
        {
            _ = target.Values;
        }

        return Schema(Array.ConvertAll(_targets, target => target.Name), TargetTransform(values), labels: null);
    }

    public TableSchema Reconstruction()
    {
        TableSchema schema = Schema([], targets: null, labels: null, isReconstruction: true);
        return schema.Embedded.Count == 0
            ? schema
            : throw new InvalidDataException(
                $"'{_table.Name}': column '{FieldText.Shown(schema.Embedded[0].Column)}' has "
                + $"{schema.Embedded[0].Unknown} categories, more than become a feature each, and the number of one "
                + $"cannot be restored: raise {nameof(SchemaOptions)}.{nameof(SchemaOptions.MaxOneHot)}, or leave the "
                + $"column out of {nameof(SchemaOptions)}.{nameof(SchemaOptions.Inputs)}.");
    }

    public TableSchema Classification()
    {
        LabelEncoder labels = Labels();
        return labels.Labels.Count > 1
            ? Schema([_targets[0].Name], targets: null, labels)
            : throw new InvalidDataException(
                $"'{_table.Name}': all rows of column '{FieldText.Shown(_targets[0].Name)}' are of the class "
                + $"'{FieldText.Shown(labels.Decode(0))}', so there is nothing to tell apart.");
    }

    public TableSchema BinaryClassification(string positive)
    {
        LabelEncoder labels = Labels();
        if (labels.Labels.Count != 2 || !labels.TryEncode(positive, out int number))
        {
            throw new InvalidDataException(
                $"'{_table.Name}': column '{FieldText.Shown(_targets[0].Name)}' must hold "
                + $"'{FieldText.Shown(positive)}' and one other class, "
                + $"but it holds {FieldText.Listed(labels.Labels, 10)}."
                + (labels.Labels.Contains(positive) ? "" : NearestName.Question(positive, labels.Labels)));
        }

        labels = new([labels.Decode(1 - number), labels.Decode(number)]);
        return Schema([_targets[0].Name], targets: null, labels, isBinary: true);
    }

    private TableSchema Schema(
        string[] targetNames,
        IInvertibleTransform? targets,
        LabelEncoder? labels,
        bool isBinary = false,
        bool isReconstruction = false)
    {
        Array.ForEach(_inputs, RequireLearnable);
        var features = new FeatureFit(_table, _options);
        foreach (TableColumn input in _inputs)
        {
            features.Add(input);
        }

        RequireNames(features.Columns);

        return new(features.Columns, features.ToTransform(), targetNames, targets, labels, isBinary)
        {
            UnknownShare = _options.RefuseUnknownCategories ? 0 : _options.UnknownShare,
            TargetRules = [.. _targets.Select(target => ColumnRule.Of(target, _table.Options))],
            Embedded = features.Embedded,
            Notes = features.Notes,
            IsReconstruction = isReconstruction,
        };
    }

    // A part of a date may be called like a column of the table.
    private void RequireNames(IReadOnlyList<SchemaColumn> columns)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (SchemaColumn column in columns)
        {
            if (!seen.Add(column.Name))
            {
                throw new InvalidDataException(
                    $"'{_table.Name}': a column and a part of a date are both called '{FieldText.Shown(column.Name)}': "
                    + $"give the column another name, or choose other parts by {nameof(ColumnOptions)}."
                    + $"{nameof(ColumnOptions.DateParts)}.");
            }
        }
    }

    private LabelEncoder Labels()
    {
        TableColumn label = _targets[0];
        TableSchema.RequirePresent(_table, label);
        return label.Classes();
    }

    private IInvertibleTransform? TargetTransform(Matrix<double> values) => _options.Targets switch
    {
        TargetScaling.None => null,
        TargetScaling.Standardize => FeatureFit.Fitted(_table, () => Standardization.Fit(values)),
        _ => FeatureFit.Fitted(_table, () => MinMaxScaling.Fit(values)),
    };

    // An identifier or a name has as many categories as rows, of which none can be learned.
    private void RequireLearnable(TableColumn input)
    {
        if (input.Kind is ColumnKind.Undecided or ColumnKind.Identifier)
        {
            _ = input.Values;
        }

        const int MostOfOwn = 100;
        if (input.Kind != ColumnKind.Category || input.IsDeclared)
        {
            return;
        }

        (int count, int rows) = (input.Settled.DistinctCount, input.Settled.RowCount);
        if (count > MostOfOwn && count > rows / 2)
        {
            throw new InvalidDataException(
                $"'{_table.Name}': column '{FieldText.Shown(input.Name)}' holds {count} different texts in "
                + $"{rows} rows, such as '{FieldText.Shown(input.Text(0) ?? "")}': an identifier or "
                + $"free text, of which nothing can be learned. Leave it out with {nameof(TableOptions)}."
                + $"{nameof(TableOptions.Ignore)} or {nameof(TableOptions.Identifiers)}; if they are categories, name "
                + $"it in {nameof(TableOptions.Categories)}.");
        }
    }
}
