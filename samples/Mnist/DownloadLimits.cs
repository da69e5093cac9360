namespace NeuralNet.Samples.Mnist;

/// <summary>Time limits of a download: without a connection, the sample goes on without it within seconds.</summary>
/// <param name="Connect">To reach a mirror.</param>
/// <param name="Silence">Between one piece of an answer and the next.</param>
/// <param name="Total">For everything.</param>
internal sealed record DownloadLimits(TimeSpan Connect, TimeSpan Silence, TimeSpan Total)
{
    /// <summary>Enough for a slow connection.</summary>
    public static DownloadLimits Default { get; } =
        new(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5));
}
