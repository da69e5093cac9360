using System.Globalization;

namespace NeuralNet.Tables;

/// <summary>A column that a function of the others gives, in training and at prediction.</summary>
/// <remarks>
/// The function cannot be saved with a model: whoever reads new rows for it names the column and its function again in
/// <see cref="TableOptions.Computed"/>, and is told so where they do not. It sees the other columns as the options of
/// its table read them: give those that it needs again as well, such as <see cref="TableOptions.MissingTexts"/>.
/// </remarks>
/// <example><code>
/// var options = new CsvOptions
/// {
///     Computed = [ComputedColumn.Number("speed", row => row.Number("distance") / row.Number("hours"))],
/// };
/// </code></example>
public sealed class ComputedColumn
{
    private readonly Func<TableRow, string?> _text;

    private ComputedColumn(string name, Func<TableRow, string?> text, bool isPlain)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        _text = text;
        IsPlain = isPlain;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>True if its texts are plain numbers or dates, in whichever format those of the table are.</summary>
    internal bool IsPlain { get; }

    /// <summary>Makes a column of numbers.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="function">The number of a row, NaN if it is missing.</param>
    public static ComputedColumn Number(string name, Func<TableRow, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(
            name,
            row => function(row) is var number && double.IsNaN(number)
                ? null
                : number.ToString("R", CultureInfo.InvariantCulture),
            isPlain: true);
    }

    /// <summary>Makes a column of texts, such as categories; the options say how they are read.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="function">The text of a row, null if it is missing.</param>
    public static ComputedColumn Text(string name, Func<TableRow, string?> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(name, function, isPlain: false);
    }

    /// <summary>Makes a column of dates.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="function">The date of a row, null if it is missing.</param>
    public static ComputedColumn Date(string name, Func<TableRow, DateTime?> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new(name, row => Sources.ValueText.Of(function(row)), isPlain: true);
    }

    internal string? Of(TableRow row) => _text(row);
}
