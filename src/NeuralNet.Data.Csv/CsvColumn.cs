using System.Globalization;

namespace NeuralNet.Data.Csv;

/// <summary>
/// Names a column: by its name in the header, or by its place, counted from 0 or, as in <c>^1</c>, from the end.
/// </summary>
public readonly record struct CsvColumn
{
    private readonly string? _name;
    private readonly Index _index;

    /// <summary>Names a column by its name.</summary>
    /// <param name="name">The name, as it stands in the header.</param>
    public CsvColumn(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        _name = name;
    }

    /// <summary>Names a column by its place.</summary>
    /// <param name="index">The place, from 0, or from the end.</param>
    public CsvColumn(Index index) => _index = index;

    /// <summary>Names a column by its name.</summary>
    /// <param name="name">The name, as it stands in the header.</param>
    public static implicit operator CsvColumn(string name) => new(name);

    /// <summary>Names a column by its place.</summary>
    /// <param name="index">The place, from 0.</param>
    public static implicit operator CsvColumn(int index) => new(new Index(index));

    /// <summary>Names a column by its place.</summary>
    /// <param name="index">The place, from 0, or from the end.</param>
    public static implicit operator CsvColumn(Index index) => new(index);

    /// <summary>As it was named.</summary>
    /// <returns>The name in quotation marks, or the place.</returns>
    public override string ToString() => _name is null ? _index.ToString() : $"'{_name}'";

    /// <summary>Whether it is named by its place.</summary>
    internal bool IsPlace => _name is null;

    /// <summary>Finds the column.</summary>
    /// <returns>Its place, or −1.</returns>
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

    /// <summary>The name of a column that the file gives none.</summary>
    internal static string DefaultName(int index) => "column" + index.ToString(CultureInfo.InvariantCulture);
}
