using System.Net;
using System.Text;
using NeuralNet.Tests.Browsers;

namespace NeuralNet.Reports.Browser.Tests;

/// <summary>Serves a page on localhost, made anew for each request.</summary>
internal sealed class LivePage(Func<string> page) : LocalSite("/training/")
{
    /// <summary>How often it was asked for.</summary>
    public int Requests { get; private set; }

    protected override async Task AnswerAsync(HttpListenerContext context)
    {
        Requests++;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(page()));
        context.Response.Close();
    }
}
