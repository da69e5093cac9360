using System.Net;
using System.Security.Cryptography;
using NeuralNet.Datasets.Downloads;

namespace NeuralNet.Datasets.Tests;

public sealed class DownloadTests : IDisposable
{
    private static readonly Uri _first = new("https://first.example/mnist/");
    private static readonly Uri _second = new("https://second.example/mnist/");
    private static readonly byte[] _contents = RandomNumberGenerator.GetBytes(100_000);
    private static readonly byte[] _otherContents = RandomNumberGenerator.GetBytes(500);
    private static readonly DatasetFile _file = FileOf("images.gz", _contents);
    private static readonly DatasetFile _otherFile = FileOf("labels.gz", _otherContents);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_published_sums_are_well_formed() =>
        Mnist.Download.Files.Concat(FashionMnist.Download.Files).Concat(Cifar10.Download.Files)
            .Should().HaveCount(9)
            .And.OnlyContain(file =>
                file.Sha256.Length == 64 && file.Sha256.All(char.IsAsciiHexDigitLower) && file.Length > 0);

    [Fact]
    public async Task A_good_file_is_moved_into_place_and_progress_reaches_the_end()
    {
        var progress = new List<DownloadProgress>();
        string folder = _folder["new/cache"];
        using var mirrors = new FakeMirrors(_ => FakeMirrors.Content(_contents));

        await Download(mirrors, _file).FetchAsync(folder, new SynchronousProgress<DownloadProgress>(progress.Add));

        Directory.EnumerateFiles(folder).Should().ContainSingle().Which.Should().EndWith("images.gz");
        File.ReadAllBytes(Path.Combine(folder, "images.gz")).Should().Equal(_contents);
        mirrors.Requests.Should().Equal(new Uri("https://first.example/mnist/images.gz"));
        progress.Select(step => step.Received).Should().BeInAscendingOrder();
        progress[^1].Should().Be(new DownloadProgress(_contents.Length, _contents.Length));
    }

    [Fact]
    public async Task The_next_mirror_is_asked_when_one_has_no_file_and_stays_first_from_then_on()
    {
        using var mirrors = new FakeMirrors(address => address.Host == _first.Host
            ? FakeMirrors.NotFound()
            : FakeMirrors.Content(address.AbsolutePath == "/mnist/images.gz" ? _contents : _otherContents));

        await FetchAsync(mirrors, _file, _otherFile);

        _folder.Names.Should().BeEquivalentTo("images.gz", "labels.gz");
        mirrors.Requests.Select(address => address.Host).Should()
            .Equal("first.example", "second.example", "second.example");
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("too long")]
    [InlineData("altered")]
    public async Task A_wrong_file_is_thrown_away_and_the_next_mirror_asked(string how)
    {
        using var mirrors = new FakeMirrors(
            address => FakeMirrors.Content(address.Host == _first.Host ? Spoil(how) : _contents));

        await FetchAsync(mirrors, _file);

        mirrors.Requests.Should().HaveCount(2);
        _folder.Names.Should().Equal("images.gz");
        File.ReadAllBytes(_folder["images.gz"]).Should().Equal(_contents);
    }

    [Theory]
    [InlineData("truncated", "ended after 99999 of 100000 bytes")]
    [InlineData("too long", "more than 100000 bytes")]
    [InlineData("altered", "wrong SHA-256")]
    public async Task When_every_mirror_sends_a_wrong_file_nothing_stays_and_each_is_named(string how, string reason)
    {
        using var mirrors = new FakeMirrors(_ => FakeMirrors.Content(Spoil(how)));

        string message = await FailureAsync(mirrors);

        _folder.Names.Should().BeEmpty();
        message.Should().Contain("first.example").And.Contain("second.example").And.Contain(reason);
    }

    [Fact]
    public async Task When_no_mirror_can_be_reached_the_reasons_are_given()
    {
        using var outOfReach = FakeMirrors.OutOfReach();
        using var notFound = new FakeMirrors(_ => FakeMirrors.NotFound());

        (await FailureAsync(outOfReach)).Should().Contain("first.example: no such host; second.example: no such host");
        (await FailureAsync(notFound)).Should().Contain("404");
    }

    [Fact]
    public async Task What_is_there_already_and_whole_is_not_fetched_again()
    {
        File.WriteAllBytes(_folder["images.gz"], _contents);
        File.WriteAllBytes(_folder["labels.gz"], [1, 2, 3]);
        using var mirrors = new FakeMirrors(_ => FakeMirrors.Content(_otherContents));

        await FetchAsync(mirrors, _file, _otherFile);

        mirrors.Requests.Should().ContainSingle().Which.AbsolutePath.Should().EndWith("labels.gz");
        File.ReadAllBytes(_folder["labels.gz"]).Should().Equal(_otherContents);
    }

    [Fact]
    public async Task A_mirror_that_falls_silent_is_given_up()
    {
        // It accepts the connection and never answers.
        using var silent = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/");
        using var handler = new SocketsHttpHandler();
        var limits = new DownloadLimits(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.2), TimeSpan.FromSeconds(20));
        var download = new DatasetDownload([address], [_file], handler, limits);

        Func<Task> fetch = () => download.FetchAsync(_folder.Path);

        (await fetch.Should().ThrowAsync<DownloadException>()).WithMessage("*no answer in time*");
    }

    [Fact]
    public async Task Over_a_real_connection_a_file_arrives_whole()
    {
        using HttpListener server = StartServer(out Uri address);
        Task serving = ServeOnceAsync(server);
        using var handler = new SocketsHttpHandler();
        var download = new DatasetDownload([address], [_file], handler);

        await download.FetchAsync(_folder.Path);

        await serving;
        File.ReadAllBytes(_folder["images.gz"]).Should().Equal(_contents);
    }

    [Fact]
    public async Task A_cancelled_download_is_no_failure_of_the_mirrors()
    {
        using var cancellation = new CancellationTokenSource();
        using var mirrors = new FakeMirrors(_ =>
        {
            cancellation.Cancel();
            return FakeMirrors.Content(_contents);
        });

        Func<Task> fetch = () => Download(mirrors, _file)
            .FetchAsync(_folder.Path, null, cancellation.Token);

        await fetch.Should().ThrowAsync<OperationCanceledException>();
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_to_is_a_failed_download()
    {
        File.WriteAllText(_folder["file"], "");
        using var mirrors = new FakeMirrors(_ => FakeMirrors.Content(_contents));

        Func<Task> fetch = () => Download(mirrors, _file)
            .FetchAsync(_folder["file/cache"]);

        await fetch.Should().ThrowAsync<DownloadException>();
    }

    private static DatasetFile FileOf(string name, byte[] contents) =>
        new(name, contents.Length, Convert.ToHexStringLower(SHA256.HashData(contents)));

    private static byte[] Spoil(string how) => how switch
    {
        "truncated" => _contents[..^1],
        "too long" => [.. _contents, 0],
        _ => [.. _contents[..^1], (byte)(_contents[^1] + 1)],
    };

    private static DatasetDownload Download(HttpMessageHandler mirrors, params DatasetFile[] files) =>
        new([_first, _second], files, mirrors);

    private static HttpListener StartServer(out Uri address)
    {
        using (var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            address = new Uri($"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/");
        }

        var server = new HttpListener();
        server.Prefixes.Add(address.AbsoluteUri);
        server.Start();
        return server;
    }

    private static async Task ServeOnceAsync(HttpListener server)
    {
        HttpListenerContext context = await server.GetContextAsync();
        await context.Response.OutputStream.WriteAsync(_contents);
        context.Response.Close();
    }

    private Task FetchAsync(FakeMirrors mirrors, params DatasetFile[] files) =>
        Download(mirrors, files).FetchAsync(_folder.Path);

    private async Task<string> FailureAsync(FakeMirrors mirrors)
    {
        Func<Task> fetch = () => FetchAsync(mirrors, _file);
        return (await fetch.Should().ThrowAsync<DownloadException>()).Which.Message;
    }
}
