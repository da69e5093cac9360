namespace NeuralNet.Datasets.Downloads;

/// <summary>
/// Fetches files from the first mirror that has them. A file is moved into the folder only when it is complete and its
/// SHA-256 is right, so the files there can be trusted whatever the mirrors send; where one breaks off, the next goes
/// on.
/// </summary>
/// <example><code>
/// var download = new DatasetDownload(
///     [new("https://example.com/data/")], [new("prices.csv.gz", 81_273, "9f86d081…")]);
/// await download.FetchAsync("data");
/// </code></example>
public sealed class DatasetDownload
{
    private readonly HttpMessageHandler? _handler;

    /// <summary>Describes a download.</summary>
    /// <param name="mirrors">
    /// Addresses that a file's name is put behind, each ending in a slash; tried in order.
    /// </param>
    /// <param name="files">The files.</param>
    /// <param name="handler">
    /// What makes the connections, such as one with a proxy; the system's settings if null. It is not disposed of.
    /// </param>
    /// <param name="limits">Time limits; <see cref="DownloadLimits.Default"/> if null.</param>
    /// <exception cref="ArgumentException">There is no mirror or no file.</exception>
    public DatasetDownload(
        IReadOnlyList<Uri> mirrors,
        IReadOnlyList<DatasetFile> files,
        HttpMessageHandler? handler = null,
        DownloadLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(mirrors);
        ArgumentNullException.ThrowIfNull(files);
        Mirrors = mirrors.Count > 0
            ? [.. mirrors]
            : throw new ArgumentException("A download needs at least one mirror.", nameof(mirrors));
        Files = files.Count > 0
            ? [.. files]
            : throw new ArgumentException("A download needs at least one file.", nameof(files));
        _handler = handler;
        Limits = limits ?? DownloadLimits.Default;
    }

    /// <summary>The mirrors, in the order they are tried.</summary>
    public IReadOnlyList<Uri> Mirrors { get; }

    /// <summary>The files.</summary>
    public IReadOnlyList<DatasetFile> Files { get; }

    /// <summary>The time limits.</summary>
    public DownloadLimits Limits { get; }

    /// <summary>Bytes of all files.</summary>
    public long Length => Files.Sum(file => file.Length);

    /// <summary>Whether a folder holds all files, byte for byte as published.</summary>
    /// <param name="folder">The folder, which need not exist.</param>
    /// <returns>False if one is missing, damaged or cannot be read.</returns>
    public bool IsCompleteIn(string folder) => Files.All(file => file.IsIn(folder));

    /// <summary>Fetches the files that the folder lacks.</summary>
    /// <param name="folder">The folder, which is made if need be, and not left behind empty.</param>
    /// <param name="progress">Told of the bytes as they come, on the thread that receives them.</param>
    /// <param name="cancellationToken">Ends the download; files that are complete stay.</param>
    /// <returns>A task that ends when the folder holds all files.</returns>
    /// <exception cref="DownloadException">No mirror gave a file, or the folder cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task FetchAsync(
        string folder, IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        using HttpMessageHandler? ownHandler = _handler is null ? MirrorRequest.CreateHandler(Limits) : null;
        using var client =
            new HttpClient(_handler ?? ownHandler!, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using var total = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        total.CancelAfter(Limits.Total);
        using var place = new DownloadFolder(folder);
        place.RemoveParts(Files, Limits.Total);

        // The mirror that worked last comes first, so that an unreachable one is waited for only once.
        var order = new LinkedList<Uri>(Mirrors);
        long before = 0;
        progress?.Report(new(before, Length));
        foreach (DatasetFile file in Files)
        {
            if (!file.IsIn(folder))
            {
                long start = before;
                var ofFile = new SynchronousProgress<long>(bytes => progress?.Report(new(start + bytes, Length)));
                using var fetch = new FileFetch(client, file, place, Limits, ofFile);
                await fetch.FromAnyAsync(order, total.Token, cancellationToken).ConfigureAwait(false);
            }

            before += file.Length;
            progress?.Report(new(before, Length));
        }
    }
}
