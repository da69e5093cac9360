using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NeuralNet.Reports.Browser.Tests;

/// <summary>Serves a page on localhost, made anew for each request.</summary>
internal sealed class LivePage : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<string> _page;

    public LivePage(Func<string> page)
    {
        _page = page;
        Address = $"http://localhost:{FreePort()}/training/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where the page is.</summary>
    public string Address { get; }

    /// <summary>How often it was asked for.</summary>
    public int Requests { get; private set; }

    public void Dispose() => _listener.Close();

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
                HttpListenerContext context = await _listener.GetContextAsync();
                Requests++;
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(_page()));
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The page is closed.
        }
    }
}
