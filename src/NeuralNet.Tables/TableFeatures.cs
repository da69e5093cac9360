using NeuralNet.Explanations;
using NeuralNet.Guards;
using NeuralNet.Preprocessing;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>The columns of a table that a schema takes, and the inputs of the network that each became.</summary>
internal sealed class TableFeatures
{
    private readonly TableSchema _schema;
    private readonly string[] _names;

    // For each input of the network, its column.
    private readonly string[] _sources;

    /// <summary>Finds them.</summary>
    /// <exception cref="NotSupportedException">The transform makes one feature of several columns.</exception>
    public TableFeatures(TableSchema schema)
    {
        _schema = schema;
        _names = [.. schema.Columns.Select(column => column.Column).Distinct(StringComparer.Ordinal)];
        _sources =
        [
            .. Enumerable.Range(0, schema.InputSize).Select(input => schema.Inputs.SourceOf(input) is int raw and >= 0
                ? schema.Columns[raw].Column
                : throw new NotSupportedException(
                    $"Input {input} of the network is made of several columns, or the transform "
                    + $"{schema.Inputs.GetType().Name} does not say of which: override "
                    + $"{nameof(IFeatureTransform)}.{nameof(IFeatureTransform.SourceOf)}.")),
        ];
    }

    /// <summary>The inputs of each column or, where groups of the table's columns are given, of these.</summary>
    /// <exception cref="ArgumentException">A column of a group is no input.</exception>
    public IReadOnlyList<FeatureGroup> Groups(Table table, IReadOnlyList<FeatureGroup>? given) => given is null
        ? [.. _names.Select(name => new FeatureGroup(name, InputsOf(name)))]
        :
        [
            .. given.Select(group => new FeatureGroup(
                group.Name,
                [.. group.Features.SelectMany(index => InputsOf(table[index].Name))])),
        ];

    /// <summary>The raw features that a column became, by index.</summary>
    /// <exception cref="ArgumentException">The column is no input.</exception>
    public int[] RawOf(string column)
    {
        int[] raw = [.. Enumerable.Range(0, _schema.Columns.Count).Where(i => _schema.Columns[i].Column == column)];
        return raw.Length > 0
            ? raw
            : throw new ArgumentException(
                $"The column '{FieldText.Shown(column)}' is no input of the pipeline; these are "
                + $"{FieldText.Listed(_names, 20)}.{NearestName.Question(column, _names)}",
                nameof(column));
    }

    private int[] InputsOf(string column)
    {
        RawOf(column);
        return [.. Enumerable.Range(0, _sources.Length).Where(i => _sources[i] == column)];
    }
}
