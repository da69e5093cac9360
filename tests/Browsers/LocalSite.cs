using System.Net;
using System.Net.Sockets;

namespace NeuralNet.Tests.Browsers;

/// <summary>A web server on localhost, at a free port and below a path of its own.</summary>
internal abstract class LocalSite : IDisposable
{
    private readonly HttpListener _listener = new();

    /// <summary>Begins to serve.</summary>
    protected LocalSite(string path)
    {
        Address = $"http://localhost:{FreePort()}{path}";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where the site is.</summary>
    public string Address { get; }

    public void Dispose() => _listener.Close();

    /// <summary>Answers a request; the next one is taken when this returns.</summary>
    protected abstract Task AnswerAsync(HttpListenerContext context);

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The site is closed.
        }
    }
}
