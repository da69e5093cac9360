using System.Globalization;
using NeuralNet.Guards;
using NeuralNet.Tables.Columns;

namespace NeuralNet.Tables;

/// <summary>
/// A reference to a column: by its name in the header, or by its index, counted from 0 or, as in <c>^1</c>, from the
/// end.
/// </summary>
public readonly record struct ColumnReference
{
    /// <summary>The largest number of column names that a message lists.</summary>
    private const int MostNames = 20;

    private readonly string? _name;
    private readonly Index _index;

    /// <summary>Refers to a column by its name.</summary>
    /// <param name="name">The name, as in the header.</param>
    public ColumnReference(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _name = name;
    }

    /// <summary>Refers to a column by its index.</summary>
    /// <param name="index">The index, from 0, or from the end.</param>
    public ColumnReference(Index index) => _index = index;

    /// <summary>Refers to a column by its name.</summary>
    /// <param name="name">The name, as in the header.</param>
    public static implicit operator ColumnReference(string name) => new(name);

    /// <summary>Refers to a column by its index.</summary>
    /// <param name="index">The index, from 0.</param>
    public static implicit operator ColumnReference(int index) => new(new Index(index));

    /// <summary>Refers to a column by its index.</summary>
    /// <param name="index">The index, from 0, or from the end.</param>
    public static implicit operator ColumnReference(Index index) => new(index);

    /// <summary>As it was named.</summary>
    /// <returns>The name in quotation marks, or the place.</returns>
    public override string ToString() => _name is null ? _index.ToString() : $"'{MessageText.Shortened(_name)}'";

    /// <summary>True if the column is given by its index.</summary>
    internal bool IsPlace => _name is null;

    /// <summary>Finds the column.</summary>
    /// <returns>Its index, or −1.</returns>
    internal int Find(IReadOnlyList<string> names)
    {
        if (_name is null)
        {
            int index = _index.GetOffset(names.Count);
            return index >= 0 && index < names.Count ? index : -1;
        }

        for (int i = 0; i < names.Count; i++)
        {
            if (names[i] == _name)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The message that a table has no such column, and which one may have been meant.</summary>
    internal string NotIn(string file, IReadOnlyList<string> names) =>
        $"'{file}' has no column {this}; its columns are {FieldText.Listed(names, MostNames)}."
        + (_name is null ? ""
            : _name == DefaultName(names.Count - 1) || _name == DefaultName(0)
                ? $" If the file has no header, set {nameof(CsvOptions)}.{nameof(CsvOptions.Header)} = false."
                : NearestName.Question(_name, names));

    /// <summary>The name of a column without a name in the file.</summary>
    internal static string DefaultName(int index) => "column" + index.ToString(CultureInfo.InvariantCulture);
}
