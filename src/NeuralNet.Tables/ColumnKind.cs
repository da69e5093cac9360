namespace NeuralNet.Tables;

/// <summary>The kind of data in a column.</summary>
public enum ColumnKind
{
    /// <summary>Numbers.</summary>
    Number,

    /// <summary>Names of categories without an order, even if they look like numbers.</summary>
    Category,

    /// <summary>Names of categories with an order, such as fair, good and ideal; see <see cref="ColumnOptions.Order"/>.
    /// </summary>
    OrderedCategory,

    /// <summary>True or false, in any of their usual spellings.</summary>
    Boolean,

    /// <summary>Dates, times, or both.</summary>
    Date,

    /// <summary>Texts that tell rows apart, such as a number of an order or a name: never an input.</summary>
    Identifier,

    /// <summary>
    /// Numbers and texts, dates in a format of which there are several, many numbers with a unit, codes with leading
    /// zeros, or numbers in a format that the options do not read. Such a column is refused as an input, with the
    /// option to set, unless training settled its kind; it may be the column of a class.
    /// </summary>
    Undecided,
}
