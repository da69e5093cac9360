namespace NeuralNet.Tables.Columns;

/// <summary>The current row of a table that is being read, with which every message begins.</summary>
/// <param name="name">The name of the table.</param>
/// <param name="unit">What rows are counted by: the lines of a file, or rows.</param>
internal sealed class RowPosition(string name, string unit)
{
    /// <summary>The unit of a file of text.</summary>
    public const string Line = "line";

    /// <summary>The unit of anything else.</summary>
    public const string Row = "row";

    /// <summary>The line at which the row starts, or the number of the row, from 1.</summary>
    public long Number { get; set; } = 1;

    /// <summary>The table and the row.</summary>
    public string Where => $"'{name}', {unit} {Number}";
}
