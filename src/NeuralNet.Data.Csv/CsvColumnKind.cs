namespace NeuralNet.Data.Csv;

/// <summary>The kind of data in a column.</summary>
public enum CsvColumnKind
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Names of a few categories, even if they look like numbers.</summary>
    Category,

    /// <summary>
    /// Numbers and texts, dates, many numbers with a unit, codes with leading zeros, or numbers in a format that the
    /// options do not read. Such a column is refused as an input, with the option to set, unless training settled its
    /// kind; it may be the column of a class.
    /// </summary>
    Undecided,
}
