using System.Net;

namespace NeuralNet.Samples.Mnist;

/// <summary>Asks a mirror for a file, and refuses answers that are no file.</summary>
internal static class MirrorRequest
{
    private const int MostRedirects = 10;

    /// <summary>Makes the connection; redirects are left to <see cref="GetAsync"/>, which checks them.</summary>
    public static HttpMessageHandler CreateHandler(DownloadLimits limits) =>
        new SocketsHttpHandler { ConnectTimeout = limits.Connect, AllowAutoRedirect = false };

    /// <summary>Asks for a file, also where redirects say that it is.</summary>
    /// <exception cref="InvalidDataException">The answer is no file.</exception>
    public static async Task<HttpResponseMessage> GetAsync(
        HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        for (int redirects = 0; redirects <= MostRedirects; redirects++)
        {
            HttpResponseMessage response =
                await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
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
