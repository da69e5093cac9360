using Microsoft.Playwright;
using NeuralNet.Tests.Browsers;

namespace NeuralNet.Reports.Browser.Tests;

/// <summary>A headless browser for reports, which ask for nothing but themselves.</summary>
public sealed class Browser : HeadlessBrowser
{
    /// <summary>The folder for screenshots.</summary>
    public static string Output { get; } = Variable("REPORTS_OUTPUT");

    /// <summary>Opens a page; whatever else it asks for is a complaint.</summary>
    internal async Task<IPage> OpenAsync(string address, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        IPage page = await NewPageAsync(width, scheme);
        page.Request += (_, request) =>
        {
            if (request.Url != address && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                Complain("asked for " + request.Url);
            }
        };
        await page.GotoAsync(address);
        return page;
    }
}
