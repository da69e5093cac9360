using Microsoft.Win32.SafeHandles;
using NeuralNet.Files;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>
/// The length of a file, the time it was written, and the bytes of both its ends: two files under one path with the
/// same stamp count as the same file. The ends tell apart files that were all given the same time, as those of
/// reproducible container images are; training changes the last layer, whatever else it leaves alone.
/// </summary>
internal sealed record FileStamp(long Length, DateTime Written)
{
    private const int EndLength = 16 * 1024;

    private byte[] Head { get; init; } = [];

    private byte[] Tail { get; init; } = [];

    /// <summary>
    /// Opens a file so that others may write, rename and delete it. One that cannot be a model is refused unopened.
    /// </summary>
    /// <exception cref="EmptyFileException">It is empty or not a file.</exception>
    public static SafeFileHandle Open(string path)
    {
        if (RegularFile.IsEmptyOrNone(path))
        {
            throw new EmptyFileException();
        }

        return File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    }

    /// <summary>The stamp of an open file, which is the one at the end of all symbolic links.</summary>
    public static FileStamp Of(SafeFileHandle file)
    {
        long length = RandomAccess.GetLength(file);
        return new(length, File.GetLastWriteTimeUtc(file))
        {
            Head = ReadAt(file, 0, length),
            Tail = ReadAt(file, Math.Max(0, length - EndLength), length),
        };
    }

    /// <summary>The stamp of the file that is under a path now.</summary>
    public static FileStamp Of(string path)
    {
        using SafeFileHandle file = Open(path);
        return Of(file);
    }

    /// <summary>
    /// Whether somebody has been writing to the file since an earlier stamp: it has become longer, or its end has been
    /// filled where it was empty, or not been reached yet. A whole file in the place of another begins or ends
    /// otherwise.
    /// </summary>
    public bool IsContinuationOf(FileStamp before) =>
        Length > before.Length
            ? Head.AsSpan().StartsWith(before.Head)
            : Length == before.Length
                && Tail.Zip(before.Tail).All(pair => pair.First == pair.Second || pair.Second == 0);

    public bool Equals(FileStamp? other) =>
        other is not null
        && Length == other.Length
        && Written == other.Written
        && Head.AsSpan().SequenceEqual(other.Head)
        && Tail.AsSpan().SequenceEqual(other.Tail);

    public override int GetHashCode() => HashCode.Combine(Length, Written);

    private static byte[] ReadAt(SafeFileHandle file, long start, long length)
    {
        byte[] bytes = new byte[Math.Min(EndLength, length - start)];
        int count = RandomAccess.Read(file, bytes, start);
        return count == bytes.Length ? bytes : bytes[..count];
    }
}
