using System.Security.Cryptography;

namespace NeuralNet.Datasets.Downloads;

/// <summary>Checksums of files, as <c>sha256sum</c> writes them.</summary>
internal static class FileSha256
{
    /// <summary>The sum of a file.</summary>
    public static string Of(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
