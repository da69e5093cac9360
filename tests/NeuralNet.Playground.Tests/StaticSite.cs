using System.Net;
using System.Net.Sockets;

namespace NeuralNet.Playground.Tests;

/// <summary>Serves a folder on localhost, below a path of its own, as any web server would.</summary>
internal sealed class StaticSite : IDisposable
{
    private static readonly Dictionary<string, string> _types = new()
    {
        [".html"] = "text/html",
        [".js"] = "text/javascript",
        [".css"] = "text/css",
        [".svg"] = "image/svg+xml",
        [".wasm"] = "application/wasm",
        [".json"] = "application/json",
    };

    private readonly HttpListener _listener = new();
    private readonly string _folder;

    public StaticSite(string folder)
    {
        _folder = Path.GetFullPath(folder);
        Address = $"http://localhost:{FreePort()}/some/folder/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where the page is.</summary>
    public string Address { get; }

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
                _ = Task.Run(() => Answer(context));
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The site is closed.
        }
    }

    private void Answer(HttpListenerContext context)
    {
        string path = context.Request.Url!.AbsolutePath["/some/folder/".Length..];
        string file = Path.GetFullPath(Path.Combine(_folder, path.Length == 0 ? "index.html" : path));
        if (file.StartsWith(_folder, StringComparison.Ordinal) && File.Exists(file))
        {
            string extension = Path.GetExtension(file);
            context.Response.ContentType = _types.GetValueOrDefault(extension, "application/octet-stream");
            context.Response.OutputStream.Write(File.ReadAllBytes(file));
        }
        else
        {
            context.Response.StatusCode = 404;
        }

        context.Response.Close();
    }
}
