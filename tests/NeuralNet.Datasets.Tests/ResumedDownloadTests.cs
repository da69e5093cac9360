using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using NeuralNet.Datasets.Downloads;

namespace NeuralNet.Datasets.Tests;

/// <summary>Where a mirror breaks off, the next one goes on; what does not fit together is fetched anew.</summary>
public sealed class ResumedDownloadTests : IDisposable
{
    private const int Half = 50_000;

    private static readonly Uri _first = new("https://first.example/");
    private static readonly Uri _second = new("https://second.example/");
    private static readonly byte[] _contents = RandomNumberGenerator.GetBytes(2 * Half);
    private static readonly byte[] _other = RandomNumberGenerator.GetBytes(2 * Half);
    private static readonly DatasetFile _file =
        new("images.gz", _contents.Length, Convert.ToHexStringLower(SHA256.HashData(_contents)));

    private readonly TemporaryFolder _folder = new();
    private readonly List<(string Host, long? From)> _requests = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_next_mirror_is_asked_for_the_rest_alone()
    {
        await FetchAsync((host, from) => host == "first.example" ? Whole(_contents[..Half]) : Part(_contents, from));

        _requests.Should().Equal(("first.example", null), ("second.example", Half));
        ShouldBeThere();
    }

    [Fact]
    public async Task One_mirror_is_asked_again_as_long_as_it_sends_more()
    {
        await FetchAsync(
            (_, from) => Part(_contents[..(int)Math.Min((from ?? 0) + 30_000, _contents.Length)], from), _first);

        _requests.Select(request => request.From).Should().Equal(null, 30_000, 60_000, 90_000);
        ShouldBeThere();
    }

    [Fact]
    public async Task A_mirror_that_knows_no_parts_sends_the_whole_file()
    {
        await FetchAsync((host, _) => Whole(host == "first.example" ? _contents[..Half] : _contents));

        _requests.Should().Equal(("first.example", null), ("second.example", Half));
        ShouldBeThere();
    }

    [Fact]
    public async Task Bytes_of_a_mirror_that_sends_something_else_do_not_spoil_those_of_another()
    {
        await FetchAsync((host, from) => host == "first.example" ? Whole(_other[..Half]) : Part(_contents, from));

        _requests.Should().Equal(("first.example", null), ("second.example", Half), ("second.example", null));
        ShouldBeThere();
    }

    [Fact]
    public async Task A_part_that_was_not_asked_for_is_refused()
    {
        Func<Task> fetch = () => FetchAsync(
            (host, from) => host == "first.example" ? Whole(_contents[..Half]) : Part(_contents, from + 1));

        (await fetch.Should().ThrowAsync<DownloadException>())
            .WithMessage("*second.example: it answers with another part of 'images.gz' than was asked for*");
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public async Task A_part_without_its_place_is_refused()
    {
        Func<Task> fetch = () => FetchAsync(
            (_, _) => new(HttpStatusCode.PartialContent) { Content = new ByteArrayContent(_contents[..Half]) });

        (await fetch.Should().ThrowAsync<DownloadException>()).WithMessage("*a part without saying which one*");
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public async Task Progress_counts_what_is_kept()
    {
        var progress = new List<long>();
        await FetchAsync(
            (host, from) => host == "first.example" ? Whole(_contents[..Half]) : Part(_contents, from),
            progress: new SynchronousProgress<DownloadProgress>(step => progress.Add(step.Received)));

        progress.Should().BeInAscendingOrder().And.Contain(Half).And.EndWith(_contents.Length);
    }

    [Fact]
    public void Progress_reads_in_megabytes() =>
        new DownloadProgress(4_200_000, 170_052_171).ToString().Should().Be("4.2 of 170.1 MB");

    private void ShouldBeThere()
    {
        _folder.Names.Should().Equal("images.gz");
        File.ReadAllBytes(_folder["images.gz"]).Should().Equal(_contents);
    }

    private static HttpResponseMessage Whole(byte[] bytes) => FakeMirrors.Content(bytes);

    private static HttpResponseMessage Part(byte[] bytes, long? from)
    {
        if (from is not { } start)
        {
            return Whole(bytes);
        }

        var content = new ByteArrayContent(bytes[(int)start..]);
        content.Headers.ContentRange = new ContentRangeHeaderValue(start, bytes.Length - 1, _contents.Length);
        return new(HttpStatusCode.PartialContent) { Content = content };
    }

    private async Task FetchAsync(
        Func<string, long?, HttpResponseMessage> answer, Uri? only = null, IProgress<DownloadProgress>? progress = null)
    {
        using var mirrors = new RangedMirrors((host, from) =>
        {
            _requests.Add((host, from));
            return answer(host, from);
        });
        Uri[] addresses = only is null ? [_first, _second] : [only];
        await new DatasetDownload(addresses, [_file], mirrors).FetchAsync(_folder.Path, progress);
    }

    private sealed class RangedMirrors(Func<string, long?, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
                answer(request.RequestUri!.Host, request.Headers.Range?.Ranges.Single().From));
    }
}
