using System.Net;
using System.Net.Http.Headers;

namespace NeuralNet.Datasets.Downloads;

/// <summary>Asks a mirror for a file, and refuses answers that are no file.</summary>
internal static class MirrorRequest
{
    private const int MostRedirects = 10;

    /// <summary>Makes the connection; redirects are left to <see cref="GetAsync"/>, which checks them.</summary>
    public static HttpMessageHandler CreateHandler(DownloadLimits limits) =>
        new SocketsHttpHandler { ConnectTimeout = limits.Connect, AllowAutoRedirect = false };

    /// <summary>
    /// Asks for a file from a byte on, also where redirects say that it is. A mirror may answer with the whole file all
    /// the same: <see cref="BeginsAt"/> tells.
    /// </summary>
    /// <exception cref="InvalidDataException">The answer is no file.</exception>
    public static async Task<HttpResponseMessage> GetAsync(
        HttpClient client, Uri address, long offset, CancellationToken cancellationToken)
    {
        for (int redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Range = offset > 0 ? new RangeHeaderValue(offset, to: null) : null;
            HttpResponseMessage response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
            try
            {
                if (!IsRedirect(response.StatusCode))
                {
                    RequireFile(response);
                    return response;
                }

                address = Destination(response, address);
            }
            catch
            {
                response.Dispose();
                throw;
            }

            response.Dispose();
        }

        throw new InvalidDataException($"it redirects more than {MostRedirects} times");
    }

    /// <summary>The byte of the file that an answer begins with.</summary>
    /// <exception cref="InvalidDataException">A part does not say which one it is.</exception>
    public static long BeginsAt(HttpResponseMessage response)
    {
        if (response.StatusCode != HttpStatusCode.PartialContent)
        {
            return 0;
        }

        return response.Content.Headers.ContentRange?.From
            ?? throw new InvalidDataException("it answers with a part without saying which one");
    }

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;

    // Only to the web, and never from a secure to an open connection.
    private static Uri Destination(HttpResponseMessage response, Uri address)
    {
        if (response.Headers.Location is not { } location || !Uri.TryCreate(address, location, out Uri? destination))
        {
            throw new InvalidDataException($"it answers {(int)response.StatusCode} without a usable address");
        }

        bool isSafe = destination.Scheme == Uri.UriSchemeHttps
            || (destination.Scheme == Uri.UriSchemeHttp && address.Scheme == Uri.UriSchemeHttp);
        return isSafe
            ? destination
            : throw new InvalidDataException(
                $"it redirects to '{destination.Scheme}:', where an address of '{address.Scheme}:' was expected");
    }

    private static void RequireFile(HttpResponseMessage response)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw new InvalidDataException($"it answers {(int)response.StatusCode} {response.StatusCode}");
        }

        // Networks that ask for a login answer every request with their page.
        if (response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml")
        {
            throw new InvalidDataException("it answers with a web page instead of the file");
        }
    }
}
