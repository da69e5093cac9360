using NeuralNet.Datasets.Downloads;
using NeuralNet.Guards;

namespace NeuralNet.Datasets;

/// <summary>The files of a well-known data set of images, and the way to read them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Variable">The environment variable that names a folder with its files.</param>
/// <param name="CacheName">The name of its cache folder.</param>
/// <param name="Download">Its files on the internet.</param>
/// <param name="Read">Reads it from a folder.</param>
/// <param name="Generate">Makes up samples in its place; null if there is nothing like it.</param>
internal sealed record ImageDatasetSource(
    string Name,
    string Variable,
    string CacheName,
    DatasetDownload Download,
    Func<string, ImageDataset> Read,
    Func<CancellationToken, ImageDataset>? Generate = null)
{
    /// <summary>The cache folder unless the user names another; it need not be there yet.</summary>
    public string CacheFolder
    {
        get
        {
            // A user without a home, as in some containers, gets a temporary folder.
            string local = Environment.GetFolderPath(
                Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return Path.Combine(local.Length > 0 ? local : Path.GetTempPath(), "NeuralNet", CacheName);
        }
    }

    /// <summary>Loads it, and waits.</summary>
    public ImageDataset Load(DatasetOptions options) =>
        // On another thread, so that none that a window or a request waits with is needed to go on.
        Task.Run(() => LoadAsync(options, CancellationToken.None)).GetAwaiter().GetResult();

    /// <summary>Finds it: where the user says, else in the cache, else by a download into that, else made up.</summary>
    /// <exception cref="DatasetException">It could not be had.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ImageDataset> LoadAsync(DatasetOptions options, CancellationToken cancellationToken)
    {
        ImageDataset dataset = await FindAsync(options, cancellationToken).ConfigureAwait(false);
        return options.Standardize ? dataset.Standardize() : dataset;
    }

    private async Task<ImageDataset> FindAsync(DatasetOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (options.Folder is not null)
        {
            return Read(options.Folder);
        }

        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            try
            {
                return Read(named);
            }
            catch (DatasetException exception)
            {
                throw new DatasetException($"{Variable}: {exception.Message}", exception);
            }
        }

        string cache = options.CacheFolder ?? CacheFolder;
        string source = $"the cache folder '{cache}'";
        if (Download.IsCompleteIn(cache))
        {
            return Read(cache).From(DatasetOrigin.Cache, source);
        }

        string reason = "downloads are switched off";
        if (options.Download)
        {
            try
            {
                var download = new DatasetDownload(Download.Mirrors, Download.Files, options.Handler, Download.Limits);
                await download.FetchAsync(cache, options.Progress, cancellationToken).ConfigureAwait(false);
                return Read(cache).From(DatasetOrigin.Download, $"a download into {source}");
            }
            catch (DownloadException exception)
            {
                reason = exception.Message;
            }
        }

        return options.AllowGenerated && Generate is not null
            ? StandIn(Generate(cancellationToken), reason)
            : throw new DatasetException(
                $"{Name} is not in {source}, and cannot be downloaded ({reason}). {Remedy}");
    }

    private string Remedy => $"To use files you have, name their folder, or set {Variable}.";

    private ImageDataset StandIn(ImageDataset generated, string reason) => generated.From(
        DatasetOrigin.Generated,
        generated.Source,
        MessageText.Printable(
            $"{Name} cannot be downloaded ({reason}). These are {generated.Name} instead, which say nothing about "
            + $"{Name}. {Remedy}"));
}
