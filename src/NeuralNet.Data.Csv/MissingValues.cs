namespace NeuralNet.Data.Csv;

/// <summary>
/// What becomes of a missing value, which is a field that holds one of <see cref="CsvOptions.MissingTexts"/>.
/// </summary>
public enum MissingValues
{
    /// <summary>It is refused, with its line and its column.</summary>
    Refuse,

    /// <summary>
    /// A number becomes the mean of its column in the training data; a missing category is a category of its own, "".
    /// </summary>
    Mean,

    /// <summary>
    /// A number becomes the median of its column in the training data; a missing category is a category of its own, "".
    /// </summary>
    Median,

    /// <summary>
    /// A number becomes <see cref="CsvOptions.MissingConstant"/>; a missing category is a category of its own, "".
    /// </summary>
    Constant,

    /// <summary>The whole row is left out.</summary>
    DropRow,
}
