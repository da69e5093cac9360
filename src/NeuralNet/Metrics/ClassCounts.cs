namespace NeuralNet.Metrics;

/// <summary>
/// The number of samples of each class or label, of samples predicted to be of it, and of samples for which both hold:
/// of classes, the margins and the diagonal of the confusion matrix. Precision, recall and F1 need no more, and the
/// size does not grow with the square of the number of classes.
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

    /// <summary>Counts a sample that is of one class.</summary>
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

    /// <summary>Counts a sample of which each label is answered by itself with <see cref="AddLabel"/>.</summary>
    public void AddSample() => Count++;

    /// <summary>Counts the answer to one label: each is 1 for yes, 0 for no.</summary>
    public void AddLabel(int label, int actual, int predicted)
    {
        _actual[label] += actual;
        _predicted[label] += predicted;
        _right[label] += actual & predicted;
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
    /// Computes the figure of one class; NaN without samples, <paramref name="zeroDivision"/> where it would be 0/0.
    /// </summary>
    public double Score(ClassFigure figure, int index, double zeroDivision) =>
        Score(figure, _actual[index], _predicted[index], _right[index], Count, zeroDivision);

    /// <summary>Computes the figure of all classes; classes whose own figure is NaN are left out.</summary>
    public double Score(ClassFigure figure, Averaging averaging, double zeroDivision) => averaging switch
    {
        Averaging.Binary => Score(figure, 1, zeroDivision),
        Averaging.Micro => Score(
            figure, _actual.Sum(), _predicted.Sum(), _right.Sum(), Count * Classes, zeroDivision),
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

    /// <summary>
    /// The figure from the number a of actual, p of predicted and r of both among n answers: an exact ratio of counts.
    /// </summary>
    private static double Score(ClassFigure figure, long a, long p, long r, long n, double zeroDivision)
    {
        (long numerator, long denominator) = figure switch
        {
            ClassFigure.Precision => (r, p),
            ClassFigure.Recall => (r, a),
            // 2PR/(P + R), with P = r/p and R = r/a.
            ClassFigure.F1 => (2 * r, a + p),
            // All but those that are actual or predicted without being both.
            _ => (n - (a + p - (2 * r)), n),
        };
        if (n == 0)
        {
            return double.NaN;
        }

        return denominator == 0 ? zeroDivision : (double)numerator / denominator;
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

        // If every class with a defined figure has the weight 0, the plain mean is taken, as in scikit-learn.
        return isWeighted && weights > 0 ? weightedSum / weights : sum / defined;
    }
}
