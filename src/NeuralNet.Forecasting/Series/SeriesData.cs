namespace NeuralNet.Forecasting.Series;

/// <summary>
/// All steps of a series, without a gap in their times: what is missing is NaN, or was filled and is marked.
/// </summary>
/// <param name="Name">What the series is called in messages, such as the path of its file.</param>
/// <param name="Key">The key among several series; empty for a single one.</param>
/// <param name="Start">The time of the first step.</param>
/// <param name="Frequency">The time from step to step.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Values">For each column a value per step, NaN where it is missing.</param>
/// <param name="Filled">For each column which values stand in for missing ones; null where none does.</param>
/// <param name="Gaps">By which policy they do.</param>
/// <param name="Times">
/// The time of each step, where steps follow each other across missing dates; null where the frequency tells it.
/// </param>
internal sealed record SeriesData(
    string Name,
    string Key,
    DateTime Start,
    Frequency Frequency,
    string[] Columns,
    double[][] Values,
    bool[]?[] Filled,
    GapPolicy Gaps,
    DateTime[]? Times = null)
{
    /// <summary>Number of steps.</summary>
    public int Count => Values[0].Length;

    /// <summary>The time of a step, which may lie behind the last one.</summary>
    public DateTime TimeAt(int step) => Times switch
    {
        null => Frequency.Add(Start, step),
        _ when step < 0 => Frequency.Add(Start, step),
        _ when step < Times.Length => Times[step],
        _ => Frequency.Add(Times[^1], step - Times.Length + 1),
    };

    /// <summary>The place of a column; −1 if there is none of that name.</summary>
    public int IndexOf(string column) => Array.IndexOf(Columns, column);

    /// <summary>True if a value was measured: it is there, and stands in for no missing one.</summary>
    public bool IsObserved(int column, int step) => !double.IsNaN(Values[column][step]) && !IsFilled(column, step);

    /// <summary>True if a value stands in for a missing one.</summary>
    public bool IsFilled(int column, int step) => Filled[column]?[step] ?? false;

    /// <summary>The name and the key, as messages call the series.</summary>
    public string Where => Key.Length == 0
        ? $"'{Name}'"
        : $"'{Name}', series {Guards.MessageText.Quoted(Key)}";
}
