namespace NeuralNet.Data.Csv;

/// <summary>The kind of data in a column.</summary>
public enum CsvColumnKind
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Names of a few categories, even if they look like numbers.</summary>
    Category,
}
