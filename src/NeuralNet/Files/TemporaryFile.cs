using System.IO.Enumeration;

namespace NeuralNet.Files;

/// <summary>
/// A file in the making: under a name that no other file has, and locked until it is complete, so that those that a
/// killed process left behind can be told from those of living ones and deleted.
/// </summary>
internal sealed class TemporaryFile : IDisposable
{
    private const string Prefix = ".neuralnet-";
    private const string Extension = ".tmp";
    private const string CompleteExtension = ".new";
    private const int MachineLength = 8;
    private const int NameLength = 32;
    private const int MostAttempts = 100;
    private const UnixFileMode ReadAndWrite = (UnixFileMode)0b110_110_110;

    private static readonly string _machine = MachineDigest();

    // Where locks say nothing, a file that nobody has written to for so long is one of a writer that has ended.
    private static readonly TimeSpan _longestWriting = TimeSpan.FromDays(1);

    private TemporaryFile(string path, FileStream stream)
    {
        Path = path;
        Stream = stream;
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; private set; }

    /// <summary>The file, to be written and read.</summary>
    public FileStream Stream { get; }

    /// <summary>Makes a file, and deletes those that killed processes left in its folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="mode">Who may read and write the file, on Unix; as the process decides if null.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be made.</exception>
    public static TemporaryFile Create(string folder, UnixFileMode? mode)
    {
        for (int attempt = 1; ; attempt++)
        {
            string path = System.IO.Path.Join(folder, $"{Prefix}{_machine}-{Guid.NewGuid():N}{Extension}");
            try
            {
                var file = new TemporaryFile(path, new FileStream(path, Options(mode)));
                if (File.Exists(path) || attempt == MostAttempts)
                {
                    file.DeleteAbandonedOnes(folder);
                    return file;
                }

                // Another writer took it for an abandoned one, between its making and its locking, and deleted it.
                file.Dispose();
            }
            catch (IOException exception)
                when (attempt < MostAttempts && exception is not DirectoryNotFoundException)
            {
                // Another writer is about to, or has done so already.
                DeleteQuietly(path);
            }
        }
    }

    /// <summary>
    /// Closes the file, which is ready for its last name. It gets another name before the lock is given up: files of
    /// that kind are deleted by age only, and nobody finds a file locked that has its last name.
    /// </summary>
    /// <exception cref="IOException">The file cannot be renamed.</exception>
    public void Complete()
    {
        string complete = System.IO.Path.ChangeExtension(Path, CompleteExtension);
        File.Move(Path, complete, overwrite: true);
        Path = complete;
        Stream.Dispose();
    }

    /// <summary>Deletes the file, if it has not been renamed by another. Errors are ignored.</summary>
    public void Dispose()
    {
        Stream.Dispose();
        DeleteQuietly(Path);
    }

    /// <summary>Whether a name is that of a temporary file: exactly.</summary>
    internal static bool IsName(ReadOnlySpan<char> name) =>
        name.Length == Prefix.Length + MachineLength + 1 + NameLength + Extension.Length
        && name.StartsWith(Prefix, StringComparison.Ordinal)
        && (name.EndsWith(Extension, StringComparison.Ordinal)
            || name.EndsWith(CompleteExtension, StringComparison.Ordinal))
        && name[Prefix.Length + MachineLength] == '-'
        && IsHexadecimal(name.Slice(Prefix.Length, MachineLength))
        && IsHexadecimal(name.Slice(Prefix.Length + MachineLength + 1, NameLength));

    private static FileStreamOptions Options(UnixFileMode? mode)
    {
        // On Windows an open file is renamed only if it is shared for that; elsewhere what is not shared is locked.
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode ?? ReadAndWrite;
        }

        return options;
    }

    private void DeleteAbandonedOnes(string folder)
    {
        bool? hasLocks = null;
        try
        {
            foreach (string path in TemporariesOf(folder))
            {
                if (path == Path)
                {
                    continue;
                }

                // A lock counts on file systems that are known to have any, and on the machine that wrote the file.
                hasLocks ??= !CanOpen(Path);
                if ((hasLocks.Value && IsInTheMakingHere(path))
                    || DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > _longestWriting)
                {
                    DeleteUnlocked(path);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A folder that may be written but not listed.
        }
    }

    private static bool IsInTheMakingHere(string path)
    {
        ReadOnlySpan<char> name = System.IO.Path.GetFileName(path.AsSpan());
        return name[Prefix.Length..].StartsWith(_machine, StringComparison.Ordinal)
            && name.EndsWith(Extension, StringComparison.Ordinal);
    }

    private static FileSystemEnumerable<string> TemporariesOf(string folder) =>
        new(
            folder,
            (ref FileSystemEntry entry) => entry.ToFullPath(),
            new EnumerationOptions { AttributesToSkip = FileAttributes.Directory })
        {
            ShouldIncludePredicate = (ref FileSystemEntry entry) => IsName(entry.FileName),
        };

    // The lock is a shared one: should the file get its last name at this moment, those who read it are not disturbed.
    private static FileStream OpenUnlocked(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);

    private static bool CanOpen(string path)
    {
        try
        {
            OpenUnlocked(path).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static void DeleteUnlocked(string path)
    {
        try
        {
            using FileStream stream = OpenUnlocked(path);
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Somebody is writing it, or it belongs to somebody else.
        }
    }

    /// <summary>
    /// Deletes a file. Errors are ignored: what went wrong before is what the caller must hear of, not that cleaning up
    /// went wrong, too.
    /// </summary>
    internal static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            if (!char.IsAsciiHexDigitLower(character))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A digest of the machine's name (FNV-1a): the same in every process.</summary>
    private static string MachineDigest()
    {
        uint digest = 2166136261;
        foreach (char character in Environment.MachineName)
        {
            digest = unchecked((digest ^ character) * 16777619);
        }

        return digest.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
    }
}
