namespace NeuralNet.Tables.Columns;

/// <summary>The name, the rows and the options of a table, which its columns share.</summary>
/// <param name="Name">The name of the table in messages.</param>
/// <param name="Lines">The line of the file in which each row starts, or its number, from 1.</param>
/// <param name="Unit">What <paramref name="Lines"/> counts.</param>
/// <param name="Options">The options with which it was read.</param>
internal sealed record TableRows(string Name, long[] Lines, string Unit, TableOptions Options)
{
    /// <summary>The place of a value in messages.</summary>
    public string Where(int row, string column) =>
        $"'{Name}', {Unit} {Lines[row]}, column '{FieldText.Shown(column)}'";
}
