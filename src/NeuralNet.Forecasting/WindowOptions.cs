using NeuralNet.Guards;

namespace NeuralNet.Forecasting;

/// <summary>
/// What a forecast is made from and what it is of: how many steps before it are read, how many steps are predicted, and
/// which columns and calendar features take part.
/// </summary>
public sealed class WindowOptions
{
    private readonly int _length = 1;
    private readonly int _horizon = 1;
    private readonly int _stride = 1;
    private readonly double[] _quantiles = [];

    /// <summary>Number of steps that a window reads, up to the last one known.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public required int Length
    {
        get => _length;
        init => _length = Require.AtLeast(value, 1, nameof(Length));
    }

    /// <summary>Number of steps that are predicted, from the one behind the window on; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Horizon
    {
        get => _horizon;
        init => _horizon = Require.AtLeast(value, 1, nameof(Horizon));
    }

    /// <summary>Number of steps from the beginning of one window to that of the next; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Stride
    {
        get => _stride;
        init => _stride = Require.AtLeast(value, 1, nameof(Stride));
    }

    /// <summary>
    /// The columns that are predicted; a window reads them, too. If null, all that are neither in
    /// <see cref="Past"/> nor in <see cref="Known"/>.
    /// </summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>Columns that are known up to the last step of a window only, such as the weather.</summary>
    public IReadOnlyList<string> Past { get; init; } = [];

    /// <summary>
    /// Columns that are known in advance for the steps to predict, such as holidays or prices; a window reads them
    /// there as well.
    /// </summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>Parts of the date, which are known in advance, too.</summary>
    public IReadOnlyList<CalendarPart> Calendar { get; init; } = [];

    /// <summary>
    /// The levels of the quantiles to predict, ascending, ½ among them, such as 0.05, 0.5 and 0.95 for the median
    /// within an interval of 90 %; none, as by default, to predict one number.
    /// </summary>
    /// <exception cref="ArgumentException">They do not ascend, or ½ is not among them.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A level is not above 0 and below 1.</exception>
    public IReadOnlyList<double> Quantiles
    {
        get => _quantiles;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Quantiles));
            _quantiles = value.Count == 0 ? [] : QuantileLevels.Copy(value, nameof(Quantiles));
            if (_quantiles.Length > 0 && Array.IndexOf(_quantiles, 0.5) < 0)
            {
                throw new ArgumentException(
                    "0.5 must be among the quantiles: the median is the forecast, the others are its interval.",
                    nameof(Quantiles));
            }
        }
    }

    /// <summary>The function that targets pass through before they are scaled.</summary>
    public SeriesTransform Transform { get; init; }

    /// <summary>From which values columns are scaled.</summary>
    public SeriesScaling Scaling { get; init; }
}
