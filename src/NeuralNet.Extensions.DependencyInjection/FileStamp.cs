using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using NeuralNet.Randomness;

namespace NeuralNet.Extensions.DependencyInjection;

/// <summary>
/// The length of a file, the time it was written, and a digest of both its ends: two files under one path with the same
/// stamp count as the same file. The ends tell apart files that were all given the same time, as those of reproducible
/// container images are; training changes the last layer, whatever else it leaves alone.
/// </summary>
internal readonly record struct FileStamp(long Length, DateTime Written, RandomStream Ends)
{
    private const int EndLength = 16 * 1024;

    /// <summary>Opens a file so that others may write, rename and delete it.</summary>
    public static SafeFileHandle Open(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>The stamp of an open file, which is the one at the end of all symbolic links.</summary>
    public static FileStamp Of(SafeFileHandle file)
    {
        long length = RandomAccess.GetLength(file);
        DateTime written = File.GetLastWriteTimeUtc(file);
        Span<byte> ends = stackalloc byte[2 * EndLength];
        int count = RandomAccess.Read(file, ends[..EndLength], 0);
        count += RandomAccess.Read(file, ends.Slice(count, EndLength), Math.Max(0, length - EndLength));

        // Every word changes half of the bits of what follows. A hash of System.Security.Cryptography would need
        // OpenSSL.
        ends[count..].Clear();
        RandomStream digest = RandomStream.FromSeed(count);
        foreach (long word in MemoryMarshal.Cast<byte, long>(ends))
        {
            digest = digest.Derive(word);
        }

        return new(length, written, digest);
    }

    /// <summary>The stamp of the file that is under a path now.</summary>
    public static FileStamp Of(string path)
    {
        using SafeFileHandle file = Open(path);
        return Of(file);
    }
}
