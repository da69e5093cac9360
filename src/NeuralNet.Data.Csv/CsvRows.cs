namespace NeuralNet.Data.Csv;

/// <summary>The name, the lines and the options of a table, which its columns share.</summary>
/// <param name="Name">The name of the file in messages.</param>
/// <param name="Lines">The line of the file in which each row starts.</param>
/// <param name="Options">The options with which it was read.</param>
internal sealed record CsvRows(string Name, long[] Lines, CsvOptions Options);
