namespace NeuralNet.Tables;

/// <summary>The inputs that a schema takes from a table, and their encoding.</summary>
public sealed class SchemaOptions
{
    private readonly NumberEncoding _numbers;
    private readonly TargetScaling _targets;
    private readonly int _bins = 16;
    private readonly int _maxOneHot = 50;
    private readonly double _unknownShare = 0.01;

    /// <summary>
    /// The columns to predict from; if null, all others, but for <see cref="TableOptions.Identifiers"/>.
    /// </summary>
    public IReadOnlyList<ColumnReference>? Inputs { get; init; }

    /// <summary>
    /// The encoding of numbers, ordered categories and what counts on in dates; by default piecewise linear, which on
    /// most tables gives the better network.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such encoding.</exception>
    public NumberEncoding Numbers
    {
        get => _numbers;
        init => _numbers = Defined(value, nameof(Numbers));
    }

    /// <summary>Number of bins of <see cref="NumberEncoding.PiecewiseLinear"/>; 16 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Bins
    {
        get => _bins;
        init => _bins = AtLeast(value, 1, nameof(Bins));
    }

    /// <summary>The scaling of a regression's targets.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such scaling.</exception>
    public TargetScaling Targets
    {
        get => _targets;
        init => _targets = Defined(value, nameof(Targets));
    }

    /// <summary>
    /// Columns of at most so many categories, 50 by default, become a feature for each: 1 for that of the row, 0 for
    /// the others. Columns of more become one feature, the number of the category, for which
    /// <see cref="TableSchema.CreateNetwork"/> makes an embedding. 0 for embeddings alone.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0.</exception>
    public int MaxOneHot
    {
        get => _maxOneHot;
        init => _maxOneHot = AtLeast(value, 0, nameof(MaxOneHot));
    }

    /// <summary>
    /// The share of rows, 0.01 by default, whose category <see cref="TableSchema.ToTrainingSet"/> shows to the network
    /// as unknown, for each column of categories by itself; at least one row. So it learns what to make of a category
    /// that the training data lack. 0 for none.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0, or not below 1.</exception>
    public double UnknownShare
    {
        get => _unknownShare;
        init => _unknownShare = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(UnknownShare), value, "UnknownShare must be at least 0 and below 1.");
    }

    /// <summary>
    /// True to refuse rows with a category that the training data lack. By default it is unknown:
    /// <see cref="TableSchema.UnknownCategories"/> tells which there are.
    /// </summary>
    public bool RefuseUnknownCategories { get; init; }

    private static int AtLeast(int value, int least, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}, but it is {value}.");

    private static TEnum Defined<TEnum>(TEnum value, string name)
        where TEnum : struct, Enum => Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"There is no {typeof(TEnum).Name} {value}.");
}
