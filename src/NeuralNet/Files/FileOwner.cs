using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace NeuralNet.Files;

/// <summary>The user and the group that a file belongs to. Known on Linux only.</summary>
internal static class FileOwner
{
    // As the kernel defines them for every processor.
    private const int RelativeToHere = -100;
    private const uint UserAndGroup = 0x8 | 0x10;
    private const int StatusLength = 256;
    private const int UserAt = 20;
    private const int GroupAt = 24;
    private const uint Unchanged = uint.MaxValue;

    /// <summary>
    /// Gives a file the owner and the group of another one, or the group alone, as far as this process may.
    /// </summary>
    /// <returns>
    /// Whether both files are known to belong to the same user and group now; false where nothing is known.
    /// </returns>
    public static bool TryCopy(string from, string to)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            if (Of(from) is not { } wanted || Of(to) is not { } given)
            {
                return false;
            }

            if (wanted == given)
            {
                return true;
            }

            byte[] path = Terminated(to);
            return ChangeOwner(path, wanted.User, wanted.Group) == 0
                || (ChangeOwner(path, Unchanged, wanted.Group) == 0 && wanted.User == given.User);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A C library without these functions: the file is written all the same.
            return false;
        }
    }

    private static (uint User, uint Group)? Of(string path)
    {
        byte[] status = new byte[StatusLength];
        return ReadStatus(RelativeToHere, Terminated(path), flags: 0, UserAndGroup, status) == 0
            ? (BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(UserAt)),
                BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(GroupAt)))
            : null;
    }

    private static byte[] Terminated(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "statx")]
    private static extern int ReadStatus(int folder, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc", EntryPoint = "chown")]
    private static extern int ChangeOwner(byte[] path, uint user, uint group);
}
