namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>
/// Decides at every look at a file whether to read it: once two looks have found it the same, when several have found
/// another, or when many have found one that seems to be being written; not again after its contents were refused; and
/// ever more rarely when it could not be read.
/// </summary>
internal sealed class FileWatch
{
    private const int MostChanges = 5;
    private const int MostContinuations = 100;
    private const int LongestWait = 256;

    /// <summary>The file that the model in use came from.</summary>
    private FileStamp? _inUse;

    /// <summary>The file that was refused because of its contents; it is not read again.</summary>
    private FileStamp? _refused;

    /// <summary>The file that could not be read, and may be tried again.</summary>
    private FileStamp? _failed;

    /// <summary>A new file, which is read if it is still the same at the next look.</summary>
    private FileStamp? _arriving;

    private bool _isEmpty;
    private int _changes;
    private int _continuations;
    private int _wait;
    private int _nextWait = 1;

    /// <summary>Takes notice of the file that is there now.</summary>
    public FileNews Look(FileStamp stamp)
    {
        _isEmpty = false;
        if (stamp == _inUse)
        {
            Forget();
            return FileNews.InUse;
        }

        if (stamp == _refused)
        {
            return FileNews.None;
        }

        if (stamp == _failed)
        {
            return --_wait > 0 ? FileNews.None : FileNews.ToRead;
        }

        if (stamp == _arriving)
        {
            return FileNews.ToRead;
        }

        bool isBeingWritten = _arriving is { } before && stamp.IsContinuationOf(before);
        _changes = isBeingWritten ? 0 : _changes + 1;
        _continuations += isBeingWritten ? 1 : 0;
        _arriving = stamp;
        return _changes >= MostChanges || _continuations >= MostContinuations ? FileNews.ToRead : FileNews.None;
    }

    /// <summary>
    /// Takes notice that the file is empty now. True if it was not at the look before: a writer empties a file before
    /// it fills it.
    /// </summary>
    public bool MayBeAboutToFill()
    {
        bool wasEmpty = _isEmpty;
        _isEmpty = true;
        return !wasEmpty;
    }

    /// <summary>
    /// Takes notice that there is no file that can be opened, such as between the deletion of one and the next; it ends
    /// no series of changes.
    /// </summary>
    /// <param name="isEmpty">Whether there is one, but without contents.</param>
    public void Miss(bool isEmpty)
    {
        _isEmpty = isEmpty;
        _wait = _nextWait = 1;
        _failed = null;
        _refused = null;
        _arriving = null;
    }

    /// <summary>Takes notice that the model of a file is in use.</summary>
    public void Take(FileStamp? stamp)
    {
        Forget();
        _inUse = stamp;
    }

    /// <summary>Takes notice that the contents of a file were refused.</summary>
    public void Refuse(FileStamp stamp)
    {
        Forget();
        _refused = stamp;
    }

    /// <summary>Takes notice that a file could not be read, which may pass without a change of it.</summary>
    public void Fail(FileStamp stamp)
    {
        int wait = stamp == _failed ? Math.Min(2 * _nextWait, LongestWait) : 1;
        Forget();
        _wait = _nextWait = wait;
        _failed = stamp;
    }

    private void Forget()
    {
        _refused = null;
        _failed = null;
        _arriving = null;
        _changes = 0;
        _continuations = 0;
        _nextWait = 1;
    }
}
