namespace NeuralNet.Tables.Columns;

/// <summary>
/// The kind of a column, decided once from all its values in the file, so that no part of a table, by whichever seed it
/// was split, takes the column for something else.
/// </summary>
/// <param name="Kind">The kind of the column, unless it is declared.</param>
/// <param name="Refusal">Why the kind is undecided; null if it is not.</param>
/// <param name="AreNumbers">True if all values are numbers.</param>
/// <param name="DistinctCount">Number of different texts.</param>
/// <param name="RowCount">Number of rows.</param>
internal sealed record KindVerdict(
    ColumnKind Kind, string? Refusal, bool AreNumbers, int DistinctCount, int RowCount);
