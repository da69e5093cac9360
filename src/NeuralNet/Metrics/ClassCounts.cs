namespace NeuralNet.Metrics;

/// <summary>
/// The number of samples of each class or label, of samples predicted to be of it, and of samples for which both hold,
/// each counted by its weight: of classes, the margins and the diagonal of the confusion matrix. Precision, recall, F1
/// and the figures of <see cref="Agreement"/> need no more, and the size does not grow with the square of the number of
/// classes.
/// </summary>
internal sealed class ClassCounts(int classes)
{
    private readonly CompensatedSum[] _actual = new CompensatedSum[classes];
    private readonly CompensatedSum[] _predicted = new CompensatedSum[classes];
    private readonly CompensatedSum[] _right = new CompensatedSum[classes];
    private CompensatedSum _count;
    private CompensatedSum _allRight;

    public int Classes => _actual.Length;

    public double Count => _count.Value;

    public double Right => _allRight.Value;

    public double Accuracy => Right / Count;

    public double Actual(int index) => _actual[index].Value;

    public double Predicted(int index) => _predicted[index].Value;

    /// <summary>Counts a sample that is of one class.</summary>
    public void Add(int actual, int predicted, double weight)
    {
        _count.Add(weight);
        _actual[actual].Add(weight);
        _predicted[predicted].Add(weight);
        if (actual == predicted)
        {
            _allRight.Add(weight);
            _right[actual].Add(weight);
        }
    }

    /// <summary>Counts a sample of which each label is answered by itself with <see cref="AddLabel"/>.</summary>
    public void AddSample(double weight) => _count.Add(weight);

    /// <summary>Counts the answer to one label: each is 1 for yes, 0 for no.</summary>
    public void AddLabel(int label, int actual, int predicted, double weight)
    {
        _actual[label].Add(actual * weight);
        _predicted[label].Add(predicted * weight);
        _right[label].Add((actual & predicted) * weight);
    }

    public void Clear()
    {
        _count = default;
        _allRight = default;
        Array.Clear(_actual);
        Array.Clear(_predicted);
        Array.Clear(_right);
    }

    /// <summary>
    /// Computes the figure of one class; NaN without samples, <paramref name="zeroDivision"/> where it would be 0/0.
    /// </summary>
    public double Score(ClassFigure figure, int index, double zeroDivision) =>
        figure.Of(Actual(index), Predicted(index), _right[index].Value, Count, zeroDivision);

    /// <summary>Computes the figure of all classes; classes whose own figure is NaN are left out.</summary>
    public double Score(ClassFigure figure, Averaging averaging, double zeroDivision) => averaging switch
    {
        Averaging.Binary => Score(figure, 1, zeroDivision),
        Averaging.Micro => figure.Of(Sum(_actual), Sum(_predicted), Sum(_right), Count * Classes, zeroDivision),
        _ => Mean(figure, averaging == Averaging.Weighted, zeroDivision),
    };

    /// <summary>Requires two classes, of which class 1 is the positive one.</summary>
    public static void RequireTwoClasses(string owner, int classes, string argument)
    {
        if (classes != 2)
        {
            throw new ArgumentException(
                $"'{owner}' has a positive class only if there are two, but there are {classes}. Choose a class or "
                + $"another averaging: {nameof(Averaging.Macro)}, {nameof(Averaging.Micro)} or "
                + $"{nameof(Averaging.Weighted)}.",
                argument);
        }
    }

    /// <summary>Requires an averaging that exists and a value for 0/0 that is allowed.</summary>
    public static void Require(Averaging averaging, double zeroDivision)
    {
        if (!Enum.IsDefined(averaging))
        {
            throw new ArgumentOutOfRangeException(nameof(averaging), averaging, $"There is no averaging {averaging}.");
        }

        Require(zeroDivision);
    }

    /// <summary>Requires a value for 0/0 that cannot be taken for a measurement.</summary>
    public static void Require(double zeroDivision)
    {
        if (!(zeroDivision is 0 or 1 || double.IsNaN(zeroDivision)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(zeroDivision),
                zeroDivision,
                FormattableString.Invariant($"{nameof(zeroDivision)} must be 0, 1 or NaN, but it is {zeroDivision}."));
        }
    }

    private static double Sum(ReadOnlySpan<CompensatedSum> sums)
    {
        double total = 0;
        foreach (CompensatedSum sum in sums)
        {
            total += sum.Value;
        }

        return total;
    }

    private double Mean(ClassFigure figure, bool isWeighted, double zeroDivision)
    {
        double sum = 0;
        double weightedSum = 0;
        double weights = 0;
        int defined = 0;
        for (int index = 0; index < Classes; index++)
        {
            double score = Score(figure, index, zeroDivision);
            if (!double.IsNaN(score))
            {
                sum += score;
                weightedSum += Actual(index) * score;
                weights += Actual(index);
                defined++;
            }
        }

        // If every class with a defined figure has the weight 0, the plain mean is taken, as in scikit-learn.
        return isWeighted && weights > 0 ? weightedSum / weights : sum / defined;
    }
}
