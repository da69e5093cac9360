using NeuralNet.Tables;

namespace NeuralNet.Forecasting;

/// <summary>Options of reading time series from a file or a table. The defaults refuse whatever is ambiguous.</summary>
public sealed class SeriesOptions
{
    /// <summary>The treatment of missing dates and missing values; by default they are refused.</summary>
    public GapPolicy Gaps { get; init; }

    /// <summary>
    /// The time from step to step; if null, the most frequent distance of successive dates, of which the others must be
    /// multiples.
    /// </summary>
    public Frequency? Frequency { get; init; }

    /// <summary>True to sort rows by their dates; by default rows out of order are refused.</summary>
    public bool Sort { get; init; }

    /// <summary>The format of a text file, such as its delimiter and that of its dates.</summary>
    public CsvOptions? Csv { get; init; }
}
