using static System.FormattableString;

namespace NeuralNet.Datasets.Downloads;

/// <summary>The progress of a download, over all its files.</summary>
/// <param name="Received">Bytes received.</param>
/// <param name="Total">Total number of bytes.</param>
public readonly record struct DownloadProgress(long Received, long Total)
{
    private const double Million = 1e6;

    /// <summary>The bytes in megabytes, as readable text.</summary>
    /// <returns>For example <c>4.2 of 11.6 MB</c>.</returns>
    public override string ToString() => Invariant($"{Received / Million:F1} of {Total / Million:F1} MB");
}
