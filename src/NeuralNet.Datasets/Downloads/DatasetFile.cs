namespace NeuralNet.Datasets.Downloads;

/// <summary>A file as it was published, known by its length and its checksum.</summary>
/// <param name="Name">Its name, in the folder and behind the address of a mirror.</param>
/// <param name="Length">Its number of bytes.</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal digits, as <c>sha256sum</c> writes it.</param>
public sealed record DatasetFile(string Name, long Length, string Sha256)
{
    /// <summary>Whether a folder holds the file, byte for byte as published.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>False also if the file cannot be read.</returns>
    public bool IsIn(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, Name));
        try
        {
            return file.Exists
                && file.Length == Length
                && FileSha256.Of(file.FullName).Equals(Sha256, StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
