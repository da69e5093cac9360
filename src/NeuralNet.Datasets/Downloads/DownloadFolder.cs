namespace NeuralNet.Datasets.Downloads;

/// <summary>
/// The folder of a download: made when the first bytes come, and removed at the end if nothing stayed in it.
/// </summary>
internal sealed class DownloadFolder(string path) : IDisposable
{
    private const string PartSuffix = ".part";

    // Shaped as Path.GetRandomFileName makes names.
    private const string PartPattern = ".????????.???" + PartSuffix;

    // The deepest last.
    private readonly List<string> _made = [];

    /// <summary>Removes what downloads left that were killed: parts older than any download that still runs.</summary>
    public void RemoveParts(IEnumerable<DatasetFile> files, TimeSpan longestDownload)
    {
        if (!Directory.Exists(path))
        {
            return;
        }

        Guard(() =>
        {
            foreach (string part in files
                .SelectMany(file => Directory.EnumerateFiles(path, file.Name + PartPattern))
                .Where(part => DateTime.UtcNow - File.GetLastWriteTimeUtc(part) > 2 * longestDownload))
            {
                File.Delete(part);
            }
        });
    }

    /// <summary>Begins to write a file.</summary>
    /// <exception cref="DownloadException">The folder cannot be written to.</exception>
    public DownloadPart CreatePart(DatasetFile file)
    {
        DownloadPart? part = null;
        Guard(() =>
        {
            try
            {
                part = BeginPart(file);
            }
            catch (DirectoryNotFoundException)
            {
                // Another process failed to download, and removed the folder that it had made.
                part = BeginPart(file);
            }
        });
        return part!;
    }

    /// <summary>Does something in the folder.</summary>
    /// <exception cref="DownloadException">It cannot be done.</exception>
    public void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failure(exception);
        }
    }

    /// <summary>The reason why the folder cannot be written to: full, protected, gone, or no folder.</summary>
    public DownloadException Failure(Exception exception) =>
        new($"the folder '{path}' cannot be written to: {exception.Message}");

    /// <summary>Removes the folders that were made, as far as they are empty.</summary>
    public void Dispose()
    {
        for (int i = _made.Count - 1; i >= 0; i--)
        {
            try
            {
                // Throws if there is something in it.
                Directory.Delete(_made[i]);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return;
            }
        }
    }

    private DownloadPart BeginPart(DatasetFile file)
    {
        Make();
        string place = Path.Combine(path, file.Name);
        return new(this, $"{place}.{Path.GetRandomFileName()}{PartSuffix}", place, file.Length);
    }

    private void Make()
    {
        var missing = new Stack<string>();
        for (string? folder = Path.GetFullPath(path);
            folder is not null && !Directory.Exists(folder);
            folder = Path.GetDirectoryName(folder))
        {
            missing.Push(folder);
        }

        Directory.CreateDirectory(path);
        _made.AddRange(missing);
    }
}
