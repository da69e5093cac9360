namespace NeuralNet.Samples.Mnist;

/// <summary>The progress of a download, over all its files.</summary>
/// <param name="Received">Bytes received.</param>
/// <param name="Total">Total number of bytes.</param>
internal readonly record struct DownloadProgress(long Received, long Total);
