using System.Runtime.InteropServices;
using System.Text;

namespace NeuralNet.Files;

/// <summary>Writes the names of a folder's files to disk, so that a new name survives a loss of power.</summary>
internal static class FolderFlush
{
    /// <summary>Flushes a folder on Linux and macOS; elsewhere, and on errors, does nothing.</summary>
    public static void TryFlush(string folder)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
        {
            return;
        }

        try
        {
            int handle = Open(Encoding.UTF8.GetBytes(folder + '\0'), flags: 0);
            if (handle >= 0)
            {
                _ = Flush(handle);
                _ = Close(handle);
            }
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library without these functions: the file system flushes the folder when it does.
        }
    }

    [DllImport("libc", EntryPoint = "open")]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync")]
    private static extern int Flush(int handle);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int Close(int handle);
}
