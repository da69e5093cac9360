using System.Buffers;
using System.Security.Cryptography;

namespace NeuralNet.Samples.Mnist;

/// <summary>
/// Fetches files from the first mirror that has them. A file is moved into the folder only when it is complete and its
/// SHA-256 is right, so the files there can be trusted whatever the mirrors send.
/// </summary>
internal sealed class MnistDownload(
    HttpMessageHandler handler, IReadOnlyList<Uri> mirrors, IReadOnlyList<MnistFile> files, DownloadLimits limits)
{
    /// <summary>MNIST from public mirrors; the original host no longer serves it.</summary>
    public static MnistDownload FromPublicMirrors() => new(
        new SocketsHttpHandler { ConnectTimeout = DownloadLimits.Default.Connect },
        [
            new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            new("https://raw.githubusercontent.com/fgnt/mnist/master/"),
        ],
        MnistFile.All,
        DownloadLimits.Default);

    /// <summary>Fetches the files that the folder lacks.</summary>
    /// <exception cref="DownloadException">No mirror gave a file, or the folder cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task FetchAsync(
        string folder, IProgress<DownloadProgress> progress, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using var total = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        total.CancelAfter(limits.Total);

        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException(exception.Message);
        }

        // The mirror that worked last comes first, so that an unreachable one is waited for only once.
        var order = new LinkedList<Uri>(mirrors);
        long before = 0;
        foreach (MnistFile file in files)
        {
            string place = Path.Combine(folder, file.CompressedName);
            if (!(File.Exists(place) && Sha256.OfFile(place) == file.CompressedSha256))
            {
                long start = before;
                var fileProgress = new Reporter<long>(received => progress.Report(new(start + received, TotalLength)));
                await FetchFromAnyAsync(client, order, file, place, fileProgress, total.Token, cancellationToken);
            }

            before += file.CompressedLength;
            progress.Report(new(before, TotalLength));
        }
    }

    private long TotalLength => files.Sum(file => file.CompressedLength);

    private async Task FetchFromAnyAsync(
        HttpClient client,
        LinkedList<Uri> order,
        MnistFile file,
        string place,
        IProgress<long> progress,
        CancellationToken total,
        CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        while (failures.Count < order.Count && !total.IsCancellationRequested)
        {
            Uri mirror = order.First!.Value;
            try
            {
                await FetchFromAsync(client, new Uri(mirror, file.CompressedName), file, place, progress, total);
                return;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add($"{mirror.Host}: no answer in time");
            }
            catch (Exception exception)
                when (exception is HttpRequestException or IOException or InvalidDataException
                    or UnauthorizedAccessException)
            {
                // The cause is clearer than HttpClient's own message.
                failures.Add($"{mirror.Host}: {exception.InnerException?.Message ?? exception.Message}");
            }

            order.RemoveFirst();
            order.AddLast(mirror);
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw new DownloadException(string.Join("; ", failures));
    }

    private async Task FetchFromAsync(
        HttpClient client, Uri address, MnistFile file, string place, IProgress<long> progress, CancellationToken total)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(total);
        silence.CancelAfter(limits.Silence);
        using HttpResponseMessage response =
            await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, silence.Token);
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidDataException($"it answers {(int)response.StatusCode} {response.ReasonPhrase}");
        }

        string temporary = $"{place}.{Path.GetRandomFileName()}.part";
        try
        {
            await using (Stream source = await response.Content.ReadAsStreamAsync(silence.Token))
            await using (FileStream target = File.Create(temporary))
            {
                await CopyVerifiedAsync(source, target, file, progress, silence);
            }

            File.Move(temporary, place, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private async Task CopyVerifiedAsync(
        Stream source, FileStream target, MnistFile file, IProgress<long> progress, CancellationTokenSource silence)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(1 << 16);
        long received = 0;
        int count;
        while ((count = await source.ReadAsync(buffer, silence.Token)) > 0)
        {
            silence.CancelAfter(limits.Silence);
            received += count;
            if (received > file.CompressedLength)
            {
                throw new InvalidDataException($"'{file.CompressedName}' has more than {file.CompressedLength} bytes");
            }

            hash.AppendData(buffer, 0, count);
            await target.WriteAsync(buffer.AsMemory(0, count), silence.Token);
            progress.Report(received);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        if (received < file.CompressedLength)
        {
            throw new InvalidDataException(
                $"'{file.CompressedName}' ended after {received} of {file.CompressedLength} bytes");
        }

        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != file.CompressedSha256)
        {
            throw new InvalidDataException($"'{file.CompressedName}' has the wrong SHA-256");
        }
    }
}
