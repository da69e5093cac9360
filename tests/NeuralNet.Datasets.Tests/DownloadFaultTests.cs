using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using NeuralNet.Datasets.Downloads;

namespace NeuralNet.Datasets.Tests;

/// <summary>Whatever a mirror, a proxy or the folder does: a clear reason, nothing left behind.</summary>
public sealed class DownloadFaultTests : IDisposable
{
    private static readonly byte[] _contents = RandomNumberGenerator.GetBytes(100_000);
    private static readonly DatasetFile _file =
        new("images.gz", _contents.Length, Convert.ToHexStringLower(SHA256.HashData(_contents)));

    // What is not tested for its time may take long on a busy machine.
    private static readonly DownloadLimits _limits =
        new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2));

    private readonly TemporaryFolder _folder = new();

    private string Cache => _folder["new/cache"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\n\r\n", "redirects to 'file:'")]
    [InlineData("HTTP/1.1 301 Moved\r\nLocation: ftp://host.example/images.gz\r\n\r\n", "redirects to 'ftp:'")]
    [InlineData("HTTP/1.1 307 Elsewhere\r\nLocation: data:text/plain,hello\r\n\r\n", "redirects to 'data:'")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://[::::]/\r\n\r\n", "without a usable address")]
    [InlineData("HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n", "without a usable address")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: /mnist/images.gz\r\n\r\n", "redirects more than 10 times")]
    [InlineData("HTTP/1.1 503 Busy\r\n\r\n", "503")]
    [InlineData("HTTP/1.1 204 No Content\r\n\r\n", "ended after 0 of 100000 bytes")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html>Log in</html>", "a web page")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nthree", "127.0.0.1: ")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "127.0.0.1: ")]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nthree", "ended after 5 of 100000 bytes")]
    [InlineData("SSH-2.0-OpenSSH\r\n", "127.0.0.1: ")]
    [InlineData("", "127.0.0.1: ")]
    public async Task A_mirror_that_sends_something_else_is_named_with_the_reason(string answer, string reason)
    {
        using var mirror = new RawServer(_ => Encoding.ASCII.GetBytes(answer));

        string message = await FailureAsync(mirror.Address);

        message.Should().StartWith("127.0.0.1: ").And.Contain(reason);
        message.Should().NotContain("\n").And.NotContain("\r");
        _folder.Names.Should().BeEmpty("nothing came that could stay");
    }

    [Fact]
    public async Task A_redirect_to_another_web_address_is_followed()
    {
        using var mirror = new RawServer(path => path == "/mnist/images.gz"
            ? "HTTP/1.1 302 Found\r\nLocation: ../there?file=1\r\n\r\n"u8.ToArray()
            : [.. "HTTP/1.1 200 OK\r\n\r\n"u8, .. _contents]);

        await FetchAsync(mirror.Address);

        File.ReadAllBytes(Path.Combine(Cache, "images.gz")).Should().Equal(_contents);
    }

    [Fact]
    public async Task A_file_without_its_length_or_in_chunks_arrives_whole()
    {
        byte[] size = Encoding.ASCII.GetBytes($"{_contents.Length:x}\r\n");
        byte[][] answers =
        [
            [.. "HTTP/1.0 200 OK\r\n\r\n"u8, .. _contents],
            [.. "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"u8, .. size, .. _contents, .. "\r\n0\r\n\r\n"u8],
        ];
        foreach (byte[] answer in answers)
        {
            using var mirror = new RawServer(_ => answer);

            await FetchAsync(mirror.Address);

            File.ReadAllBytes(Path.Combine(Cache, "images.gz")).Should().Equal(_contents);
            Directory.Delete(Cache, recursive: true);
        }
    }

    [Fact]
    public async Task A_mirror_that_stops_in_the_middle_is_given_up()
    {
        using var mirror = new RawServer(
            _ => [.. "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"u8, .. _contents.AsSpan(0, 5000)],
            TimeSpan.FromSeconds(10));

        string message = await FailureAsync(mirror.Address, _limits with { Silence = TimeSpan.FromSeconds(0.5) });

        message.Should().Be("127.0.0.1: no answer in time");
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public async Task When_the_time_for_everything_is_over_the_message_says_so()
    {
        using var mirrors = new FakeMirrors(_ =>
        {
            Thread.Sleep(300);
            return FakeMirrors.Content(_contents);
        });
        var download = new DatasetDownload(
            [new("https://mirror.example/")], [_file], mirrors, _limits with { Total = TimeSpan.FromSeconds(0.1) });

        string message = await FailureAsync(download);

        message.Should().Contain("0 minutes");
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public async Task A_proxy_that_refuses_is_a_reason()
    {
        using var proxy = new RawServer(_ => "HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"u8.ToArray());
        using var handler = new SocketsHttpHandler { Proxy = new WebProxy(proxy.Address) };
        var download = new DatasetDownload([new("https://mirror.example/")], [_file], handler, _limits);

        string message = await FailureAsync(download);

        message.Should().StartWith("mirror.example: ").And.Contain("407");
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public async Task A_connection_that_fails_with_an_exception_of_any_type_is_a_reason()
    {
        using var mirrors = new FakeMirrors(_ => throw new NotSupportedException("no such proxy scheme"));

        string message = await FailureAsync(
            new DatasetDownload([new("https://mirror.example/")], [_file], mirrors, _limits));

        message.Should().Be("mirror.example: no such proxy scheme");
    }

    [Fact]
    public async Task Ctrl_C_in_the_middle_leaves_neither_a_part_nor_a_folder()
    {
        using var cancellation = new CancellationTokenSource();
        using var mirror = new RawServer(
            _ => [.. "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"u8, .. _contents.AsSpan(0, 5000)],
            TimeSpan.FromSeconds(10));
        using var handler = new SocketsHttpHandler();
        var download = new DatasetDownload([mirror.Address], [_file], handler, DownloadLimits.Default);

        Func<Task> fetch = () => download.FetchAsync(
            Cache,
            new SynchronousProgress<DownloadProgress>(progress =>
            {
                if (progress.Received > 0)
                {
                    Directory.EnumerateFiles(Cache).Should().ContainSingle("it is being written");
                    cancellation.Cancel();
                }
            }),
            cancellation.Token);

        await fetch.Should().ThrowAsync<OperationCanceledException>();
        _folder.Names.Should().BeEmpty();
    }

    [Fact]
    public async Task Parts_of_a_killed_download_are_removed_and_those_of_a_running_one_are_not()
    {
        Directory.CreateDirectory(Cache);
        foreach (string name in (string[])["images.gz.abcdefgh.ijk.part", "images.gz.running1.ijk.part", "my.part"])
        {
            File.WriteAllText(Path.Combine(Cache, name), "");
        }

        File.SetLastWriteTimeUtc(Path.Combine(Cache, "my.part"), DateTime.UtcNow.AddDays(-2));
        File.SetLastWriteTimeUtc(Path.Combine(Cache, "images.gz.abcdefgh.ijk.part"), DateTime.UtcNow.AddDays(-2));
        using var mirrors = new FakeMirrors(_ => FakeMirrors.Content(_contents));

        await FetchAsync(new DatasetDownload([new("https://mirror.example/")], [_file], mirrors, _limits));

        Directory.EnumerateFiles(Cache).Select(Path.GetFileName).Should()
            .BeEquivalentTo("images.gz", "images.gz.running1.ijk.part", "my.part");
    }

    [Fact]
    public async Task Two_downloads_into_one_folder_at_once_both_succeed()
    {
        using var mirror = new RawServer(_ => [.. "HTTP/1.1 200 OK\r\n\r\n"u8, .. _contents]);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => FetchAsync(mirror.Address))));

        Directory.EnumerateFiles(Cache).Should().ContainSingle();
        File.ReadAllBytes(Path.Combine(Cache, "images.gz")).Should().Equal(_contents);
    }

    [Fact]
    public async Task A_folder_that_vanishes_is_no_fault_of_the_mirror_and_no_other_is_asked()
    {
        using var mirrors = new FakeMirrors(_ => FakeMirrors.Content(_contents));
        var download = new DatasetDownload(
            [new("https://first.example/"), new("https://second.example/")], [_file], mirrors, _limits);

        Func<Task> fetch = () => download.FetchAsync(
            Cache,
            new SynchronousProgress<DownloadProgress>(progress =>
            {
                if (Directory.Exists(Cache))
                {
                    Directory.Delete(Cache, recursive: true);
                }
            }),
            default);

        (await fetch.Should().ThrowAsync<DownloadException>())
            .Which.Message.Should().Contain(Cache).And.Contain("cannot be written to").And.NotContain("example");
        mirrors.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task The_length_of_everything_is_known_before_the_first_byte()
    {
        var progress = new List<DownloadProgress>();
        using var mirrors = FakeMirrors.OutOfReach();
        var download = new DatasetDownload([new("https://mirror.example/")], [_file], mirrors, _limits);

        Func<Task> fetch = () => download.FetchAsync(Cache, new SynchronousProgress<DownloadProgress>(progress.Add));

        await fetch.Should().ThrowAsync<DownloadException>();
        progress.Should().Equal(new DownloadProgress(0, _contents.Length));
    }

    [Fact]
    public async Task Offline_no_empty_folder_is_left_behind_and_folders_that_were_there_stay()
    {
        Directory.CreateDirectory(_folder["there"]);
        using var mirrors = FakeMirrors.OutOfReach();
        var download = new DatasetDownload([new("https://mirror.example/")], [_file], mirrors, _limits);

        foreach (string folder in (string[])[_folder["there"], _folder["there/cache/mnist"]])
        {
            Func<Task> fetch = () => download.FetchAsync(folder);
            await fetch.Should().ThrowAsync<DownloadException>();
        }

        Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories)
            .Should().Equal(_folder["there"]);
    }

    private async Task FetchAsync(Uri mirror)
    {
        using HttpMessageHandler handler = Connection();
        await FetchAsync(new DatasetDownload([mirror], [_file], handler, _limits));
    }

    private Task FetchAsync(DatasetDownload download) =>
        download.FetchAsync(Cache);

    private async Task<string> FailureAsync(Uri mirror, DownloadLimits? limits = null)
    {
        using HttpMessageHandler handler = Connection();
        return await FailureAsync(new DatasetDownload([mirror], [_file], handler, limits ?? _limits));
    }

    private async Task<string> FailureAsync(DatasetDownload download)
    {
        Func<Task> fetch = () => FetchAsync(download);
        return (await fetch.Should().ThrowAsync<DownloadException>()).Which.Message;
    }

    private static HttpMessageHandler Connection() => MirrorRequest.CreateHandler(_limits);

    /// <summary>Answers every request for a path with some bytes, right or wrong, and hangs up.</summary>
    private sealed class RawServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _end = new();

        public RawServer(Func<string, byte[]> answer, TimeSpan pause = default)
        {
            _listener.Start();
            Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/mnist/");
            _ = ServeAsync(answer, pause);
        }

        public Uri Address { get; }

        public void Dispose()
        {
            _end.Cancel();
            _listener.Dispose();
            _end.Dispose();
        }

        private async Task ServeAsync(Func<string, byte[]> answer, TimeSpan pause)
        {
            while (!_end.IsCancellationRequested)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                _ = AnswerAsync(client, answer, pause, _end.Token);
            }
        }

        private static async Task AnswerAsync(
            TcpClient client, Func<string, byte[]> answer, TimeSpan pause, CancellationToken end)
        {
            using (client)
            {
                NetworkStream stream = client.GetStream();
                byte[] request = new byte[8192];
                int length = 0;
                while (request.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
                {
                    int count = await stream.ReadAsync(request.AsMemory(length), end);
                    if (count == 0)
                    {
                        return;
                    }

                    length += count;
                }

                string path = Encoding.ASCII.GetString(request, 0, length).Split(' ')[1];
                await stream.WriteAsync(answer(path), end);
                await Task.Delay(pause, end);
            }
        }
    }
}
