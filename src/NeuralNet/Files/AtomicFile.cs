using NeuralNet.Guards;

namespace NeuralNet.Files;

/// <summary>
/// Writes files that are there as a whole or not at all, and leaves what is there as it is otherwise.
/// </summary>
/// <remarks>
/// <para>
/// A file is written under a temporary name in its folder, flushed to disk and renamed. Symbolic links are followed,
/// and a file that was there before keeps its mode, and its owner and group as far as the process may give them.
/// Another hard link to that file keeps the contents of before.
/// </para>
/// <para>
/// What is no regular file, such as a device or a pipe, is written to; an open file that a link of <c>/proc</c> stands
/// for, as <c>/dev/stdout</c> may be, is written on at its end. Where the folder or the file system allows no
/// renaming, as that of a single file mounted into a container, the file is written over, or made, when its contents
/// are complete; a crash in the middle of that, and only there, leaves a part of them.
/// </para>
/// </remarks>
internal static class AtomicFile
{
    private const UnixFileMode Permissions = (UnixFileMode)0b111_111_111;
    private const int MostAttempts = 200;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file. On any error the file that was there before is still there, as it was.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string? found;
        using (FileStream? special = OpenSpecial(path, out found))
        {
            if (special is not null)
            {
                write(special);
                return;
            }
        }

        string target = found!;
        using TemporaryFile temporary = CreateTemporary(path, target, out bool isBeside);
        write(temporary.Stream);
        temporary.Stream.Flush(flushToDisk: true);
        if (!isBeside)
        {
            WriteOver(target, temporary.Stream);
        }
        else if (!TryRename(temporary, target))
        {
            using FileStream? closed = temporary.Stream.CanRead ? null : File.OpenRead(temporary.Path);
            WriteWithoutRenaming(path, target, closed ?? temporary.Stream);
        }
    }

    /// <summary>Opens what is written to instead of being replaced: a device, a pipe, an open file.</summary>
    /// <returns>The stream; null where there is nothing of that name, or a regular file.</returns>
    /// <exception cref="IOException">It is a folder, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static FileStream? OpenSpecial(string path) => OpenSpecial(path, out _);

    /// <summary>Requires that a file can be written, and changes nothing.</summary>
    /// <exception cref="IOException">It is a folder, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void RequireWritable(string path)
    {
        RequireNoFolder(path);
        if (LinkedPath.Target(path) is not { } target)
        {
            return;
        }

        if (!File.Exists(target))
        {
            CreateTemporary(path, target, out _).Dispose();
        }
        else if (new FileInfo(target).Length > 0)
        {
            // An empty one may be a pipe, whose reader must not be disturbed.
            Open(target).Dispose();
        }
    }

    /// <summary>
    /// The same, and the file that the links of the path lead to: null of an open file of <c>/proc</c>, which always is
    /// written to.
    /// </summary>
    private static FileStream? OpenSpecial(string path, out string? target)
    {
        RequireNoFolder(path);
        target = LinkedPath.Target(path);
        if (target is not null && !File.Exists(target))
        {
            return null;
        }

        FileStream stream = Open(target ?? path);
        try
        {
            if (target is not null && IsRegular(stream))
            {
                stream.Dispose();
                return null;
            }

            if (target is null && stream.CanSeek)
            {
                // What others have written to it stays, as in a log that a shell appends to.
                stream.Seek(0, SeekOrigin.End);
            }

            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);

    private static void RequireNoFolder(string path)
    {
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
        {
            throw new IOException($"'{MessageText.File(path)}' names a folder, not a file.");
        }
    }

    /// <summary>Whether an open file is a regular one. A device, too, may claim to have a length of zero.</summary>
    private static bool IsRegular(FileStream stream)
    {
        if (!stream.CanSeek || stream.Length > 0)
        {
            return stream.CanSeek;
        }

        try
        {
            stream.SetLength(0);
            return true;
        }
        catch (Exception exception) when (exception is IOException or ArgumentException or NotSupportedException
            or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Makes the temporary file beside the target or, if that may be written but its folder may not, elsewhere.
    /// </summary>
    private static TemporaryFile CreateTemporary(string path, string target, out bool isBeside)
    {
        string folder = Path.GetDirectoryName(target)!;
        try
        {
            isBeside = true;
            return TemporaryFile.Create(folder, ModeOf(target));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            isBeside = false;
            if (File.Exists(target))
            {
                return TemporaryFile.Create(Path.GetTempPath(), OwnerOnly);
            }

            // The temporary name says nothing to whoever reads the message.
            string file = MessageText.File(path);
            throw exception switch
            {
                DirectoryNotFoundException => new DirectoryNotFoundException(
                    $"The folder '{MessageText.File(folder)}' of '{file}' does not exist. Make it first: "
                    + "Directory.CreateDirectory.",
                    exception),
                IOException => CannotBeWritten(path, exception),
                _ => new UnauthorizedAccessException(
                    $"'{file}' cannot be written: no file may be made in the folder '{MessageText.File(folder)}'.",
                    exception),
            };
        }
    }

    private static IOException CannotBeWritten(string path, Exception exception) =>
        new(
            $"'{MessageText.File(path)}' cannot be written: {MessageText.Reason(exception)}.",
            MessageText.Cause(exception));

    private static UnixFileMode? ModeOf(string target) =>
        OperatingSystem.IsWindows() || !File.Exists(target) ? null : (File.GetUnixFileMode(target) & Permissions);

    /// <summary>Renames the file; false where that is refused, though the target may be written.</summary>
    private static bool TryRename(TemporaryFile temporary, string target)
    {
        if (File.Exists(target))
        {
            KeepModeAndOwner(temporary, target);
        }

        try
        {
            temporary.Complete();
            File.Move(temporary.Path, target, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        FolderFlush.TryFlush(Path.GetDirectoryName(target)!);
        return true;
    }

    private static void KeepModeAndOwner(TemporaryFile temporary, string target)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            // Of another owner, the file must not run with that one's rights.
            UnixFileMode mode = File.GetUnixFileMode(target);
            bool isOfSameOwner = FileOwner.TryCopy(target, temporary.Path);
            File.SetUnixFileMode(temporary.Stream.SafeFileHandle, isOfSameOwner ? mode : mode & Permissions);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A file system without modes.
        }
    }

    /// <summary>Writes a file where none can be renamed: over the one that is there, or as a new one.</summary>
    private static void WriteWithoutRenaming(string path, string target, Stream contents)
    {
        try
        {
            if (File.Exists(target))
            {
                WriteOver(target, contents);
            }
            else
            {
                WriteAnew(target, contents);
            }
        }
        catch (IOException exception)
        {
            throw CannotBeWritten(path, exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException(
                CannotBeWritten(path, exception).Message, MessageText.Cause(exception));
        }
    }

    private static void WriteAnew(string target, Stream contents)
    {
        using FileStream stream = new(target, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        try
        {
            Copy(contents, stream, start: 0);
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(target);
            throw;
        }
    }

    /// <summary>Writes over a file that cannot be replaced.</summary>
    private static void WriteOver(string target, Stream contents)
    {
        using FileStream stream = OpenAlone(target);
        long before = stream.Length;
        try
        {
            // What goes beyond the old contents comes first: if the disk is full, they are still there.
            Copy(contents, stream, Math.Min(before, contents.Length));
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            stream.SetLength(before);
            throw;
        }

        Copy(contents, stream, start: 0);
        stream.SetLength(stream.Position);
        stream.Flush(flushToDisk: true);
    }

    private static void Copy(Stream contents, FileStream stream, long start)
    {
        contents.Position = start;
        stream.Position = start;
        contents.CopyTo(stream);
    }

    /// <summary>Opens a file that nobody else has open, after waiting a while for those who have.</summary>
    private static FileStream OpenAlone(string target)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return new(target, FileMode.Open, FileAccess.Write, FileShare.None);
            }
            catch (IOException exception) when (attempt < MostAttempts && exception is not FileNotFoundException)
            {
                Thread.Sleep(10);
            }
        }
    }
}
