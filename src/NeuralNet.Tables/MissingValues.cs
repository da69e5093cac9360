using System.Globalization;

namespace NeuralNet.Tables;

/// <summary>
/// The treatment of missing values, which are fields that hold one of <see cref="TableOptions.MissingTexts"/>, nulls of
/// a database, and numbers that are NaN.
/// </summary>
/// <example><code>
/// var options = new CsvOptions
/// {
///     Missing = MissingValues.Median,
///     PerColumn = { ["deck"] = new() { Missing = MissingValues.Category } },
/// };
/// </code></example>
public readonly record struct MissingValues
{
    private MissingValues(Replacement replacement, double value = 0, bool hasIndicator = false)
    {
        By = replacement;
        Value = value;
        HasIndicator = hasIndicator;
    }

    internal enum Replacement
    {
        None,
        Mean,
        Median,
        Constant,
    }

    /// <summary>An input with a missing value is refused, naming row and column.</summary>
    public static MissingValues Refuse => default;

    /// <summary>
    /// A missing number becomes the mean of its column in the training data; a missing category is one of its own.
    /// </summary>
    public static MissingValues Mean { get; } = new(Replacement.Mean);

    /// <summary>
    /// A missing number becomes the median of its column in the training data; a missing category is one of its own.
    /// </summary>
    public static MissingValues Median { get; } = new(Replacement.Median);

    /// <summary>
    /// A missing value is a category of its own; a number becomes the mean, and a further feature is 1 where it was
    /// missing.
    /// </summary>
    public static MissingValues Category { get; } = new(Replacement.Mean, hasIndicator: true);

    /// <summary>True if a further feature tells where a number was missing.</summary>
    public bool HasIndicator { get; }

    internal Replacement By { get; }

    internal double Value { get; }

    internal bool IsRefused => By == Replacement.None;

    /// <summary>
    /// A missing number becomes a given one; a missing category is one of its own, and of a missing date each part
    /// becomes its median.
    /// </summary>
    /// <param name="value">The number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not a finite number.</exception>
    public static MissingValues Constant(double value) => double.IsFinite(value)
        ? new(Replacement.Constant, value)
        : throw new ArgumentOutOfRangeException(
            nameof(value), value, "The replacement of missing values must be a finite number.");

    /// <summary>
    /// The same, with a further feature that is 1 where a number was missing in the row and 0 elsewhere. Columns
    /// without a missing value in the training data get none.
    /// </summary>
    /// <returns>The treatment.</returns>
    /// <exception cref="InvalidOperationException">Missing values are refused.</exception>
    public MissingValues WithIndicator() => IsRefused
        ? throw new InvalidOperationException(
            $"Where missing values are refused, there is none to indicate: say what replaces them, such as "
            + $"{nameof(MissingValues)}.{nameof(Median)}.{nameof(WithIndicator)}().")
        : new(By, Value, hasIndicator: true);

    /// <summary>The treatment in words.</summary>
    /// <returns>Such as <c>median, with an indicator</c>.</returns>
    public override string ToString()
    {
        string by = By switch
        {
            Replacement.None => "refused",
            Replacement.Mean => "mean",
            Replacement.Median => "median",
            _ => Value.ToString(CultureInfo.InvariantCulture),
        };
        return HasIndicator ? by + ", with an indicator" : by;
    }
}
