namespace NeuralNet.Data.Csv;

/// <summary>
/// The treatment of missing values, which are fields that hold one of <see cref="CsvOptions.MissingTexts"/>.
/// </summary>
public enum MissingValues
{
    /// <summary>An exception that names line and column.</summary>
    Refuse,

    /// <summary>
    /// A number becomes the mean of its column in the training data; a missing category becomes the category "".
    /// </summary>
    Mean,

    /// <summary>
    /// A number becomes the median of its column in the training data; a missing category becomes the category "".
    /// </summary>
    Median,

    /// <summary>
    /// A number becomes <see cref="CsvOptions.MissingConstant"/>; a missing category becomes the category "".
    /// </summary>
    Constant,

    /// <summary>The whole row is dropped.</summary>
    DropRow,
}
