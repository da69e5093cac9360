namespace NeuralNet.Datasets.Downloads;

/// <summary>Time limits of a download: without a connection, a program goes on without it within seconds.</summary>
/// <param name="Connect">To reach a mirror.</param>
/// <param name="Silence">Between one piece of an answer and the next.</param>
/// <param name="Total">For everything.</param>
public sealed record DownloadLimits(TimeSpan Connect, TimeSpan Silence, TimeSpan Total)
{
    /// <summary>Enough for some megabytes over a slow connection: 3 s, 10 s and 5 minutes.</summary>
    public static DownloadLimits Default { get; } =
        new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));
}
