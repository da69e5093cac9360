using System.Globalization;
using System.Numerics;
using MathNet.Numerics.LinearAlgebra;
using NeuralNet.Guards;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Preprocessing;

/// <summary>
/// Encodes columns of categories, which are numbers such as 0, 1, 2: each column becomes one feature per category, 1
/// for the category of the sample and 0 for the others.
/// </summary>
/// <remarks>
/// As scikit-learn's <c>OneHotEncoder</c>: the categories of a column are those of the training data, in ascending
/// order, and the features of one column follow those of the column before. If categories are texts, turn them into
/// numbers with a <see cref="LabelEncoder"/> first. An unknown category is refused unless
/// <see cref="UnknownCategory.Zeros"/> is set.
/// </remarks>
public sealed class OneHotEncoding : IFeatureTransform
{
    private readonly double[][] _categories;

    /// <summary>Makes the transform from its categories.</summary>
    /// <param name="categories">The categories of each column, ascending; at least one each.</param>
    /// <param name="unknown">The treatment of unknown categories.</param>
    /// <exception cref="ArgumentException">
    /// There are no columns, a column has no categories, or they are not in ascending order, finite and different.
    /// </exception>
    public OneHotEncoding(
        IReadOnlyList<IReadOnlyList<double>> categories, UnknownCategory unknown = UnknownCategory.Refuse)
    {
        ArgumentNullException.ThrowIfNull(categories);
        if (categories.Count == 0)
        {
            throw new ArgumentException(
                "There must be a list of categories per column, but there is none.", nameof(categories));
        }

        if (!Enum.IsDefined(unknown))
        {
            throw new ArgumentOutOfRangeException(
                nameof(unknown), unknown, $"There is no {nameof(UnknownCategory)} {unknown}.");
        }

        _categories = new double[categories.Count][];
        for (int i = 0; i < _categories.Length; i++)
        {
            string name = $"{nameof(categories)}[{i}]";
            _categories[i] = TransformCheck.Copy(categories[i], double.IsFinite, "a finite number", name);
            OutputSize = checked(OutputSize + _categories[i].Length);
            for (int k = 1; k < _categories[i].Length; k++)
            {
                if (!(_categories[i][k - 1] < _categories[i][k]))
                {
                    throw new ArgumentException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"The categories of column {i} must be in ascending order, but {_categories[i][k]} follows "
                            + $"{_categories[i][k - 1]}."),
                        nameof(categories));
                }
            }
        }

        Unknown = unknown;
    }

    /// <summary>The categories of each column, in the order of their features.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Categories => _categories;

    /// <summary>The treatment of unknown categories.</summary>
    public UnknownCategory Unknown { get; }

    /// <inheritdoc/>
    public int InputSize => _categories.Length;

    /// <inheritdoc/>
    public int OutputSize { get; }

    /// <inheritdoc/>
    public int SourceOf(int output)
    {
        int i = 0;
        for (int left = output; left >= _categories[i].Length; i++)
        {
            left -= _categories[i].Length;
        }

        return i;
    }

    /// <summary>Learns the categories of each column.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="samples">A sample per column; each row is one column of categories of the table.</param>
    /// <param name="unknown">The treatment of unknown categories.</param>
    /// <returns>The transform.</returns>
    /// <exception cref="ArgumentException">There are no samples, or a value is not finite.</exception>
    public static OneHotEncoding Fit<T>(ReadOnlyMatrixSpan<T> samples, UnknownCategory unknown = UnknownCategory.Refuse)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        TransformCheck.RequireFinite(samples);
        var categories = new double[samples.Rows][];
        var found = new SortedSet<double>();
        for (int i = 0; i < samples.Rows; i++)
        {
            found.Clear();
            for (int j = 0; j < samples.Columns; j++)
            {
                found.Add(double.CreateTruncating(samples[i, j]));
            }

            categories[i] = [.. found];
        }

        return new(categories, unknown);
    }

    /// <inheritdoc cref="Fit{T}(ReadOnlyMatrixSpan{T}, UnknownCategory)"/>
    public static OneHotEncoding Fit<T>(Matrix<T> samples, UnknownCategory unknown = UnknownCategory.Refuse)
        where T : unmanaged, IFloatingPointIeee754<T> => Fit<T>((ReadOnlyMatrixSpan<T>)samples, unknown);

    /// <summary>The kind of transform and the number of features, as readable text.</summary>
    /// <returns>For example <c>OneHotEncoding: 3 features → 11</c>.</returns>
    public override string ToString() => TransformText.Of(this);

    /// <inheritdoc/>
    public void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        NumberType.Require<T>();
        TransformCheck.Require(input, InputSize, nameof(input), output, OutputSize, nameof(output));
        output.Values.Clear();
        for (int j = 0; j < input.Columns; j++)
        {
            ReadOnlySpan<T> sample = input.Column(j);
            Span<T> features = output.Column(j);
            for (int i = 0; i < sample.Length; i++)
            {
                double[] categories = _categories[i];
                int index = Array.BinarySearch(categories, double.CreateTruncating(sample[i]));
                if (index >= 0)
                {
                    features[index] = T.One;
                }
                else if (Unknown == UnknownCategory.Refuse)
                {
                    throw UnknownIn(i, j, double.CreateTruncating(sample[i]), nameof(input));
                }

                features = features[categories.Length..];
            }
        }
    }

    private ArgumentException UnknownIn(int column, int sample, double category, string name)
    {
        const int Most = 10;
        double[] known = _categories[column];
        string list = string.Join(", ", known.Take(Most).Select(value => FormattableString.Invariant($"{value}")));
        return new(
            FormattableString.Invariant(
                $"Feature {column} of sample {sample} is {category}, a category that was not there when ")
            + "the encoding was fitted; known are "
            + $"{list}{(known.Length > Most ? $" and {known.Length - Most} more" : "")}. "
            + $"{nameof(UnknownCategory)}.{nameof(UnknownCategory.Zeros)} makes zeros of it.",
            name);
    }
}
