using NeuralNet.Reports.Recording;

namespace NeuralNet.Reports.Html;

/// <summary>A line of a chart.</summary>
/// <param name="Name">The name of the line.</param>
/// <param name="Figure">What it shows.</param>
/// <param name="Epochs">The epochs of its points, in order.</param>
/// <param name="Values">The values; what is not finite leaves a gap.</param>
internal sealed record ChartLine(
    string Name, FigureName Figure, IReadOnlyList<int> Epochs, IReadOnlyList<double> Values)
{
    private const int MostPoints = 600;

    /// <summary>The values that can be drawn.</summary>
    public IEnumerable<double> Finite => Values.Where(double.IsFinite);

    /// <summary>Number of infinite values.</summary>
    public int Infinite => Values.Count(double.IsInfinity);

    /// <summary>
    /// The pieces of the line between gaps, of so few points that a page is light; extremes are kept. An epoch without
    /// a value that stands between others, as between validations, makes no gap if there is one every few epochs only.
    /// </summary>
    public IEnumerable<List<(int Epoch, double Value)>> Pieces()
    {
        bool isSparse = Values.Count(double.IsNaN) > Values.Count / 3;
        List<(int, double)> piece = [];
        foreach (int i in Thinning.Keep(Values, MostPoints))
        {
            if (double.IsFinite(Values[i]))
            {
                piece.Add((Epochs[i], Values[i]));
            }
            else if (piece.Count > 0 && !(isSparse && double.IsNaN(Values[i])))
            {
                yield return piece;
                piece = [];
            }
        }

        if (piece.Count > 0)
        {
            yield return piece;
        }
    }

    /// <summary>What a person would say who sees the line.</summary>
    public string Describe()
    {
        (int Epoch, double Value)[] points = [.. Epochs.Zip(Values).Where(point => double.IsFinite(point.Second))];
        if (points.Length == 0)
        {
            return $"{Name}: no values";
        }

        (int firstEpoch, double first) = points[0];
        (int lastEpoch, double last) = points[^1];
        (int leastEpoch, double least) = points.MinBy(point => point.Value);
        (int mostEpoch, double most) = points.MaxBy(point => point.Value);
        return points.Length == 1
            ? $"{Name}: {Text(first)} in epoch {firstEpoch}"
            : $"{Name}: from {Text(first)} in epoch {firstEpoch} to {Text(last)} in epoch {lastEpoch}, lowest "
                + $"{Text(least)} in epoch {leastEpoch}, highest {Text(most)} in epoch {mostEpoch}";

        string Text(double value) => FigureText.Of(Figure, value);
    }
}
