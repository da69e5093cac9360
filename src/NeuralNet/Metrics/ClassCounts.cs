namespace NeuralNet.Metrics;

/// <summary>
/// How many samples of each class there are, were taken for it, and both: margins and diagonal of the confusion matrix,
/// which is all that precision, recall and F1 need, and which does not grow with the square of the classes.
/// </summary>
internal sealed class ClassCounts(int classes)
{
    private readonly long[] _actual = new long[classes];
    private readonly long[] _predicted = new long[classes];
    private readonly long[] _right = new long[classes];

    public int Classes => _actual.Length;

    public long Count { get; private set; }

    public long Right { get; private set; }

    public double Accuracy => Count == 0 ? double.NaN : (double)Right / Count;

    public long Actual(int index) => _actual[index];

    public long Predicted(int index) => _predicted[index];

    public void Add(int actual, int predicted)
    {
        Count++;
        _actual[actual]++;
        _predicted[predicted]++;
        if (actual == predicted)
        {
            Right++;
            _right[actual]++;
        }
    }

    public void Clear()
    {
        Count = 0;
        Right = 0;
        Array.Clear(_actual);
        Array.Clear(_predicted);
        Array.Clear(_right);
    }

    /// <summary>
    /// The figure of one class; NaN without samples, <paramref name="zeroDivision"/> where it would be 0/0.
    /// </summary>
    public double Score(ClassFigure figure, int index, double zeroDivision)
    {
        (long numerator, long denominator) = figure switch
        {
            ClassFigure.Precision => (_right[index], _predicted[index]),
            ClassFigure.Recall => (_right[index], _actual[index]),
            // 2PR/(P + R), which with P = r/p and R = r/a is 2r/(a + p) and so an exact ratio of counts.
            _ => (2 * _right[index], _actual[index] + _predicted[index]),
        };
        if (Count == 0)
        {
            return double.NaN;
        }

        return denominator == 0 ? zeroDivision : (double)numerator / denominator;
    }

    /// <summary>The figure of all classes; classes whose own is NaN are left out.</summary>
    public double Score(ClassFigure figure, Averaging averaging, double zeroDivision) => averaging switch
    {
        Averaging.Binary => Score(figure, 1, zeroDivision),
        Averaging.Micro => Accuracy,
        _ => Mean(figure, averaging == Averaging.Weighted, zeroDivision),
    };

    /// <summary>Refuses to take class 1 for the positive one where there are more than two.</summary>
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

    /// <summary>Refuses averagings and values for 0/0 that do not exist.</summary>
    public static void Require(Averaging averaging, double zeroDivision)
    {
        if (!Enum.IsDefined(averaging))
        {
            throw new ArgumentOutOfRangeException(nameof(averaging), averaging, $"There is no averaging {averaging}.");
        }

        Require(zeroDivision);
    }

    /// <summary>Refuses values for 0/0 that would pass for a measurement.</summary>
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

    private double Mean(ClassFigure figure, bool isWeighted, double zeroDivision)
    {
        double sum = 0;
        double weightedSum = 0;
        long weights = 0;
        int defined = 0;
        for (int index = 0; index < Classes; index++)
        {
            double score = Score(figure, index, zeroDivision);
            if (!double.IsNaN(score))
            {
                sum += score;
                weightedSum += _actual[index] * score;
                weights += _actual[index];
                defined++;
            }
        }

        // Without any weight on a class whose figure is defined, the plain mean is what is left, as in scikit-learn.
        return isWeighted && weights > 0 ? weightedSum / weights : sum / defined;
    }
}
