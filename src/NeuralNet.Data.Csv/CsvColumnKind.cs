namespace NeuralNet.Data.Csv;

/// <summary>What a column holds.</summary>
public enum CsvColumnKind
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>One of a few names, even if they look like numbers.</summary>
    Category,
}
