using NeuralNet.Guards;
using NeuralNet.Pipelines;
using NeuralNet.Preprocessing;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>A raw feature of a schema: a column of the training data, or a part of a column of dates.</summary>
public sealed class SchemaColumn
{
    internal SchemaColumn(string name, LabelEncoder? categories, ColumnRule rule)
    {
        Name = name;
        Categories = categories;
        Rule = rule;
    }

    internal SchemaColumn(InputColumn column)
        : this(
            column.Name,
            column.Categories,
            ColumnRule.Read(column.Name, column.Categories is not null, column.Reading))
    {
    }

    /// <summary>Its name: that of the column or, of a part of a date, such as <c>pickup.hour</c>.</summary>
    public string Name { get; }

    /// <summary>The name of the column of the table.</summary>
    public string Column => Rule.Column;

    /// <summary>The kind of data in the column.</summary>
    public ColumnKind Kind => Rule.Kind;

    /// <summary>The part of a date; none for other columns.</summary>
    public DateParts Part => Rule.Part;

    /// <summary>Its categories, whose numbers the input transform takes; null for numbers and dates.</summary>
    public LabelEncoder? Categories { get; }

    /// <summary>True if a function computes the column: it must be given again to read new rows.</summary>
    public bool IsComputed => Rule.IsComputed;

    internal ColumnRule Rule { get; }

    /// <summary>True if a missing category is refused.</summary>
    internal bool RefusesMissing =>
        Kind == ColumnKind.Category && !Rule.TakesMissing && !Categories!.TryEncode("", out _);

    /// <summary>The name and what it is.</summary>
    /// <returns>Such as <c>age: Number</c>.</returns>
    public override string ToString() => $"{MessageText.Shortened(Name)}: {Kind}";

    internal InputColumn ToInputColumn() => new(Name, Categories, Rule.Write(Name));

    /// <summary>The number that stands for every category that the training data lack: one behind the last.</summary>
    internal int Unknown => Categories!.Labels.Count;

    /// <summary>Of a column of dates, the days of each row since 1970, NaN if it is missing; else null.</summary>
    internal double[]? DaysOrNull(Table table) => Kind != ColumnKind.Date ? null : Array.ConvertAll(
        table[Column].As(Rule).Dates(), date => DateFeatures.Value(date, DateParts.Time));

    /// <summary>The number of each row as the transform takes it, NaN if it is missing.</summary>
    internal double[] Values(TableColumn column, string reason) => Kind switch
    {
        ColumnKind.Category => Array.ConvertAll(
            column.Encoded(Categories!), index => (double)(index < 0 ? Unknown : index)),
        ColumnKind.OrderedCategory => column.Ordered(Categories!),
        ColumnKind.Boolean => column.Booleans(),
        ColumnKind.Date => Array.ConvertAll(column.Dates(), date => DateFeatures.Value(date, Part)),
        _ => column.Numbers(reason),
    };
}
