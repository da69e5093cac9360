using NeuralNet.Files;
using NeuralNet.Guards;

namespace NeuralNet.Checkpoints;

/// <summary>
/// The lock of a folder that a run writes its checkpoints to: a file in it that the operating system locks, and
/// releases when the process ends, however it ends. On a file system without locks it keeps no other run out.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    /// <summary>The name of the file.</summary>
    public const string Name = ".neuralnet-run.lock";

    private const int MostAttempts = 100;
    private const int LongestMark = 1 << 16;

    // What the operating systems say to whoever opens a file that another one has locked.
    private const int LinuxWouldBlock = 11;
    private const int BsdWouldBlock = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private readonly string _folder;
    private readonly FileStream _file;
    private readonly bool _isFolderMade;

    private FolderLock(string folder, FileStream file, bool isFolderMade)
    {
        _folder = folder;
        _file = file;
        _isFolderMade = isFolderMade;
    }

    /// <summary>Locks a folder, and makes it if it is not there.</summary>
    /// <exception cref="InvalidOperationException">Another run has locked it.</exception>
    /// <exception cref="IOException">The folder cannot be made, or no file in it.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made, or no file in it.</exception>
    public static FolderLock Take(string folder)
    {
        bool isFolderMade = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, Name);
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                if (OpenIfStill(path, isLast: attempt == MostAttempts) is { } file)
                {
                    return new(folder, file, isFolderMade);
                }
            }
            catch (IOException exception)
                when (IsOfLock(exception) && (attempt == MostAttempts || File.Exists(path)))
            {
                throw new InvalidOperationException(
                    $"Another run is writing its checkpoints to '{MessageText.File(folder)}', in this process or "
                    + "in another one: wait until it has ended, or name another folder.",
                    exception);
            }
            catch (IOException exception) when (IsOfLock(exception))
            {
                // It has just ended. Where one follows the other time after time, there is another run.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
        {
            // While it is locked: later it may be another one's.
            TemporaryFile.DeleteQuietly(Path.Combine(_folder, Name));
        }

        _file.Dispose();
        if (_isFolderMade)
        {
            // Nothing was written to it, for there are files in it otherwise.
            try
            {
                Directory.Delete(_folder);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
            }
        }
    }

    /// <summary>
    /// Opens and locks the file; null if the run before deleted it between our opening and our locking it.
    /// </summary>
    private static FileStream? OpenIfStill(string path, bool isLast)
    {
        FileStream file = Open(path);
        bool isKept = false;
        try
        {
            isKept = IsStill(file, path) || isLast;
            return isKept ? file : null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new IOException($"'{MessageText.File(path)}' is no file that can be locked: delete it.", exception);
        }
        finally
        {
            if (!isKept)
            {
                file.Dispose();
            }
        }
    }

    /// <summary>Whether a file could not be opened because another run has locked it.</summary>
    private static bool IsOfLock(IOException exception) =>
        exception.HResult == WindowsSharingViolation
        || (OperatingSystem.IsLinux() && exception.HResult == LinuxWouldBlock)
        || (!OperatingSystem.IsWindows() && exception.HResult == BsdWouldBlock);

    private static FileStream Open(string path) => new(
        path,
        FileMode.OpenOrCreate,
        FileAccess.ReadWrite,
        FileShare.None,
        bufferSize: 1,
        OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None);

    /// <summary>Whether the file that is open is the one under the path: told by a length drawn at random.</summary>
    private static bool IsStill(FileStream file, string path)
    {
        int mark = Random.Shared.Next(1, LongestMark);
        file.SetLength(mark);
        var there = new FileInfo(path);
        return there.Exists && there.Length == mark;
    }
}
