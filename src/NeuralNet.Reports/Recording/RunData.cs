using NeuralNet.Reports.Examining;

namespace NeuralNet.Reports.Recording;

/// <summary>All that a page shows of a run at one moment.</summary>
internal sealed record RunData
{
    /// <summary>The heading.</summary>
    public required string Title { get; init; }

    /// <summary>The network, in a line.</summary>
    public string Network { get; init; } = "";

    /// <summary>How far the run is, or how it ended.</summary>
    public required string Status { get; init; }

    /// <summary>Whether it goes on.</summary>
    public bool IsRunning { get; init; }

    /// <summary>The share of the run that is done; null if that is not known.</summary>
    public double? Progress { get; init; }

    /// <summary>The time of this moment.</summary>
    public DateTimeOffset Written { get; init; }

    /// <summary>Time spent on the run so far.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The figures, epoch by epoch.</summary>
    public required Curves Curves { get; init; }

    /// <summary>The epoch that is only partly done; null if all are whole.</summary>
    public int? PartialEpoch { get; init; }

    /// <summary>What keeps the network from learning.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Remarks on the run.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The settings by name, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Settings { get; init; } = [];

    /// <summary>The layers of the network, as a table.</summary>
    public string Summary { get; init; } = "";

    /// <summary>What the trained network makes of the data at the end; null before.</summary>
    public ExaminedData? Examined { get; init; }
}
