namespace NeuralNet.Samples.Mnist;

/// <summary>How far a download is, over all its files.</summary>
/// <param name="Received">Bytes received.</param>
/// <param name="Total">Bytes there will be.</param>
internal readonly record struct DownloadProgress(long Received, long Total);
