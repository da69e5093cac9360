namespace NeuralNet.Reports.Examining;

/// <summary>The errors of predicted numbers.</summary>
/// <param name="name">The name of the number; empty if it is the only one.</param>
/// <param name="expected">How many numbers there will be.</param>
internal sealed class ErrorTally(string name, long expected)
{
    private const int MostPoints = 800;
    private const int MostErrors = 200_000;

    private readonly long _pointStride = Math.Max(1, (expected + MostPoints - 1) / MostPoints);
    private readonly long _errorStride = Math.Max(1, (expected + MostErrors - 1) / MostErrors);
    private readonly List<(double Actual, double Predicted)> _points = [];
    private readonly List<double> _errors = [];
    private long _seen;
    private double _absolute;
    private double _squares;
    private double _sum;
    private double _mean;
    private double _variation;

    /// <summary>The name of the number.</summary>
    public string Name => name;

    /// <summary>Number of numbers with a finite error.</summary>
    public long Count { get; private set; }

    /// <summary>Number of those without: NaN, or out of bounds.</summary>
    public long NonFinite { get; private set; }

    /// <summary>Evenly chosen pairs.</summary>
    public IReadOnlyList<(double Actual, double Predicted)> Points => _points;

    /// <summary>Evenly chosen errors, predicted − actual.</summary>
    public IReadOnlyList<double> Errors => _errors;

    /// <summary>The mean of the absolute errors.</summary>
    public double MeanAbsolute => _absolute / Count;

    /// <summary>The root of the mean of the squared errors.</summary>
    public double RootMeanSquare => Math.Sqrt(_squares / Count);

    /// <summary>The mean error: above 0 if too much is predicted.</summary>
    public double Bias => _sum / Count;

    /// <summary>The largest absolute error.</summary>
    public double Largest { get; private set; } = double.NaN;

    /// <summary>R², the share of the variance that is explained; NaN if there is none.</summary>
    public double Explained => _variation > 0 ? 1 - (_squares / _variation) : double.NaN;

    /// <summary>Takes in a number.</summary>
    public void Add(double actual, double predicted)
    {
        long index = _seen++;
        double error = predicted - actual;
        if (!double.IsFinite(error))
        {
            NonFinite++;
            return;
        }

        Count++;
        _absolute += Math.Abs(error);
        _squares += error * error;
        _sum += error;
        double distance = actual - _mean;
        _mean += distance / Count;
        _variation += distance * (actual - _mean);
        Largest = Math.Abs(error) <= Largest ? Largest : Math.Abs(error);
        if (index % _pointStride == 0)
        {
            _points.Add((actual, predicted));
        }

        if (index % _errorStride == 0)
        {
            _errors.Add(error);
        }
    }
}
