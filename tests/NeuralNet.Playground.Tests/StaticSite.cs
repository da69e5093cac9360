using System.Net;
using NeuralNet.Tests.Browsers;

namespace NeuralNet.Playground.Tests;

/// <summary>Serves a folder on localhost, below a path of its own, as any web server would.</summary>
internal sealed class StaticSite(string folder) : LocalSite(Root)
{
    private const string Root = "/some/folder/";

    private static readonly Dictionary<string, string> _types = new()
    {
        [".html"] = "text/html",
        [".js"] = "text/javascript",
        [".css"] = "text/css",
        [".svg"] = "image/svg+xml",
        [".wasm"] = "application/wasm",
        [".json"] = "application/json",
    };

    private readonly string _folder = Path.GetFullPath(folder);

    protected override Task AnswerAsync(HttpListenerContext context)
    {
        // A page asks for many files at once.
        _ = Task.Run(() => Answer(context));
        return Task.CompletedTask;
    }

    private void Answer(HttpListenerContext context)
    {
        string path = context.Request.Url!.AbsolutePath[Root.Length..];
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
