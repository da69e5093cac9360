using System.Security.Cryptography;

namespace NeuralNet.Datasets.Downloads;

/// <summary>A file while it comes: under a name of its own, gone after all unless it is kept.</summary>
internal sealed class DownloadPart : IDisposable
{
    private readonly DownloadFolder _folder;
    private readonly string _path;
    private readonly string _place;
    private readonly FileStream _stream;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Begins the file, with room for all its bytes, so that a full disk is noticed at once.</summary>
    public DownloadPart(DownloadFolder folder, string path, string place, long length)
    {
        (_folder, _path, _place) = (folder, path, place);
        _stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            PreallocationSize = length,
        });
    }

    /// <summary>Bytes so far, from the file's beginning; another mirror may go on where one broke off.</summary>
    public long Received { get; private set; }

    /// <summary>Writes the bytes that follow.</summary>
    /// <exception cref="DownloadException">They cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException exception)
        {
            throw _folder.Failure(exception);
        }

        _hash.AppendData(bytes);
        Received += bytes.Length;
    }

    /// <summary>Forgets the bytes so far.</summary>
    /// <exception cref="DownloadException">The file cannot be written.</exception>
    public void Restart()
    {
        _folder.Guard(() => _stream.SetLength(0));
        _hash.GetHashAndReset();
        Received = 0;
    }

    /// <summary>Whether the bytes so far have this SHA-256.</summary>
    public bool Has(string sha256) =>
        Convert.ToHexStringLower(_hash.GetCurrentHash()).Equals(sha256, StringComparison.OrdinalIgnoreCase);

    /// <summary>Moves the complete file into its place.</summary>
    /// <exception cref="DownloadException">It cannot be moved.</exception>
    public void Keep() => _folder.Guard(() =>
    {
        _stream.Dispose();
        File.Move(_path, _place, overwrite: true);
    });

    /// <summary>Removes the file unless it was kept.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        _hash.Dispose();
        try
        {
            File.Delete(_path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The folder is gone or protected, which the reason for not keeping it says.
        }
    }
}
