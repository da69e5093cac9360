namespace NeuralNet.Samples.Mnist;

/// <summary>A file while it comes: under a name of its own, gone after all unless it is kept.</summary>
internal sealed class DownloadPart : IDisposable
{
    private readonly DownloadFolder _folder;
    private readonly string _path;
    private readonly string _place;
    private readonly FileStream _stream;

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
    }

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
