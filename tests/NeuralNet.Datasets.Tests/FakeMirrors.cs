using System.Net;

namespace NeuralNet.Datasets.Tests;

/// <summary>Answers requests out of a function, in place of the internet.</summary>
internal sealed class FakeMirrors(Func<Uri, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<Uri> Requests { get; } = [];

    /// <summary>Nobody can be reached.</summary>
    public static FakeMirrors OutOfReach() => new(_ => throw new HttpRequestException("no such host"));

    public static HttpResponseMessage Content(byte[] bytes) =>
        new(HttpStatusCode.OK) { Content = new ByteArrayContent(bytes) };

    public static HttpResponseMessage NotFound() => new(HttpStatusCode.NotFound);

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request.RequestUri!);
        return Task.FromResult(answer(request.RequestUri!));
    }
}
