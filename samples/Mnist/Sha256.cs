using System.Security.Cryptography;

namespace NeuralNet.Samples.Mnist;

/// <summary>Checksums of files, as <c>sha256sum</c> writes them.</summary>
internal static class Sha256
{
    /// <summary>The sum of a file.</summary>
    public static string OfFile(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
