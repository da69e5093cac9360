using System.Buffers;
using System.Security.Cryptography;
using static System.FormattableString;

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
        MirrorRequest.CreateHandler(DownloadLimits.Default),
        [
            new("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            new("https://ossci-datasets.s3.amazonaws.com/mnist/"),
            new("https://raw.githubusercontent.com/fgnt/mnist/master/"),
        ],
        MnistFile.All,
        DownloadLimits.Default);

    /// <summary>Bytes of all files.</summary>
    public long Length => files.Sum(file => file.CompressedLength);

    /// <summary>Fetches the files that the folder lacks.</summary>
    /// <exception cref="DownloadException">No mirror gave a file, or the folder cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task FetchAsync(
        string folder, IProgress<DownloadProgress> progress, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        using var total = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        total.CancelAfter(limits.Total);
        using var place = new DownloadFolder(folder);
        place.RemoveParts(files, limits.Total);

        // The mirror that worked last comes first, so that an unreachable one is waited for only once.
        var order = new LinkedList<Uri>(mirrors);
        long before = 0;
        progress.Report(new(before, Length));
        foreach (MnistFile file in files)
        {
            if (!file.IsPublishedIn(folder))
            {
                long start = before;
                var fileProgress = new Reporter<long>(received => progress.Report(new(start + received, Length)));
                await FetchFromAnyAsync(client, order, file, place, fileProgress, total.Token, cancellationToken);
            }

            before += file.CompressedLength;
            progress.Report(new(before, Length));
        }
    }

    private async Task FetchFromAnyAsync(
        HttpClient client,
        LinkedList<Uri> order,
        MnistFile file,
        DownloadFolder folder,
        IProgress<long> progress,
        CancellationToken total,
        CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        for (int asked = 0; asked < order.Count && !total.IsCancellationRequested; asked++)
        {
            Uri mirror = order.First!.Value;
            try
            {
                await FetchFromAsync(client, new Uri(mirror, file.CompressedName), file, folder, progress, total);
                return;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                failures.Add($"{mirror.Host}: no answer in time");
            }
            catch (Exception exception)
                when (exception is not (OperationCanceledException or DownloadException or OutOfMemoryException))
            {
                // Whatever a mirror, a proxy or a wrong setting of one does, another mirror may do better. The cause is
                // clearer than HttpClient's own message.
                failures.Add($"{mirror.Host}: {exception.InnerException?.Message ?? exception.Message}");
            }

            order.RemoveFirst();
            order.AddLast(mirror);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (total.IsCancellationRequested)
        {
            failures.Add(Invariant($"given up after {limits.Total.TotalMinutes:0.#} minutes"));
        }

        throw new DownloadException(string.Join("; ", failures));
    }

    private async Task FetchFromAsync(
        HttpClient client,
        Uri address,
        MnistFile file,
        DownloadFolder folder,
        IProgress<long> progress,
        CancellationToken total)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(total);
        silence.CancelAfter(limits.Silence);
        using HttpResponseMessage response = await MirrorRequest.GetAsync(client, address, silence.Token);
        await using Stream source = await response.Content.ReadAsStreamAsync(silence.Token);
        using var part = folder.CreatePart(file);
        await CopyVerifiedAsync(source, part, file, progress, silence);
        part.Keep();
    }

    private async Task CopyVerifiedAsync(
        Stream source, DownloadPart part, MnistFile file, IProgress<long> progress, CancellationTokenSource silence)
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
            part.Write(buffer.AsSpan(0, count));
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
