namespace NeuralNet.Data.Csv;

/// <summary>What the columns of a table share: its name, its lines and its options.</summary>
/// <param name="Name">The name of the file in messages.</param>
/// <param name="Lines">The line of the file in which each row starts.</param>
/// <param name="Options">The options with which it was read.</param>
internal sealed record CsvRows(string Name, long[] Lines, CsvOptions Options);
