using System.Buffers;
using static System.FormattableString;

namespace NeuralNet.Datasets.Downloads;

/// <summary>Fetches one file from whichever mirror has it, each going on where another broke off.</summary>
internal sealed class FileFetch(
    HttpClient client, DatasetFile file, DownloadFolder folder, DownloadLimits limits, IProgress<long> progress)
    : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly OrderedDictionary<string, string> _failures = [];

    // Begun with the first bytes.
    private DownloadPart? _part;

    private long Received => _part?.Received ?? 0;

    /// <summary>Asks the mirrors in turn, and again as long as a round has brought some bytes more.</summary>
    /// <param name="order">The mirrors; those that fail are moved to the end.</param>
    /// <param name="total">Cancelled when the time for everything is over, or by the user.</param>
    /// <param name="cancellationToken">Cancelled by the user.</param>
    /// <exception cref="DownloadException">No mirror gave the file.</exception>
    public async Task FromAnyAsync(
        LinkedList<Uri> order, CancellationToken total, CancellationToken cancellationToken)
    {
        long before;
        do
        {
            before = Received;
            for (int asked = 0; asked < order.Count && !total.IsCancellationRequested; asked++)
            {
                if (await TryAsync(order.First!.Value, total, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }

                Uri failed = order.First!.Value;
                order.RemoveFirst();
                order.AddLast(failed);
            }
        }
        while (Received > before && !total.IsCancellationRequested);

        cancellationToken.ThrowIfCancellationRequested();
        List<string> reasons = [.. _failures.Select(failure => $"{failure.Key}: {failure.Value}")];
        if (total.IsCancellationRequested)
        {
            reasons.Add(Invariant($"given up after {limits.Total.TotalMinutes:0.#} minutes"));
        }

        throw new DownloadException(string.Join("; ", reasons));
    }

    /// <summary>Removes what has come, unless it was complete.</summary>
    public void Dispose() => _part?.Dispose();

    private async Task<bool> TryAsync(Uri mirror, CancellationToken total, CancellationToken cancellationToken)
    {
        try
        {
            var address = new Uri(mirror, file.Name);
            if (!await FetchAsync(address, total).ConfigureAwait(false)
                && !await FetchAsync(address, total).ConfigureAwait(false))
            {
                throw new InvalidDataException($"'{file.Name}' has the wrong SHA-256");
            }

            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _failures[mirror.Host] = "no answer in time";
        }
        catch (Exception exception)
            when (exception is not (OperationCanceledException or DownloadException or OutOfMemoryException))
        {
            // Whatever a mirror, a proxy or a wrong setting of one does, another mirror may do better. The cause is
            // clearer than HttpClient's own message.
            _failures[mirror.Host] = exception.InnerException?.Message ?? exception.Message;
        }

        return false;
    }

    /// <summary>
    /// Fetches what is missing; false if it does not fit what another mirror sent, which is forgotten then.
    /// </summary>
    private async Task<bool> FetchAsync(Uri address, CancellationToken total)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(total);
        silence.CancelAfter(limits.Silence);
        using HttpResponseMessage response =
            await MirrorRequest.GetAsync(client, address, Received, silence.Token).ConfigureAwait(false);
        Stream source = await response.Content.ReadAsStreamAsync(silence.Token).ConfigureAwait(false);
        await using (source.ConfigureAwait(false))
        {
            _part ??= folder.CreatePart(file);
            bool isResumed = Resume(MirrorRequest.BeginsAt(response));
            await CopyAsync(source, _part, silence).ConfigureAwait(false);
            if (_part.Has(file.Sha256))
            {
                _part.Keep();
                return true;
            }

            _part.Restart();
            return isResumed ? false : throw new InvalidDataException($"'{file.Name}' has the wrong SHA-256");
        }
    }

    /// <summary>Whether an answer goes on where the last one broke off; else the file begins anew.</summary>
    private bool Resume(long offset)
    {
        if (offset > 0 && offset == Received)
        {
            return true;
        }

        _part!.Restart();
        return offset == 0
            ? false
            : throw new InvalidDataException($"it answers with another part of '{file.Name}' than was asked for");
    }

    private async Task CopyAsync(Stream source, DownloadPart part, CancellationTokenSource silence)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        int count;
        while ((count = await source.ReadAsync(buffer, silence.Token).ConfigureAwait(false)) > 0)
        {
            silence.CancelAfter(limits.Silence);
            if (part.Received + count > file.Length)
            {
                part.Restart();
                throw new InvalidDataException($"'{file.Name}' has more than {file.Length} bytes");
            }

            part.Write(buffer.AsSpan(0, count));
            progress.Report(part.Received);
        }

        ArrayPool<byte>.Shared.Return(buffer);
        if (part.Received < file.Length)
        {
            throw new InvalidDataException($"'{file.Name}' ended after {part.Received} of {file.Length} bytes");
        }
    }
}
