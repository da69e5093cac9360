using Microsoft.Playwright;
using NeuralNet.Tests.Browsers;

namespace NeuralNet.Playground.Tests;

/// <summary>A headless browser with the page.</summary>
public sealed class Browser : HeadlessBrowser
{
    /// <summary>The folder for screenshots and figures.</summary>
    public static string Output { get; } = Variable("PLAYGROUND_OUTPUT");

    internal static StaticSite Serve() => new(Variable("PLAYGROUND_SITE"));

    /// <summary>Opens a page and waits until it has started.</summary>
    internal async Task<IPage> OpenAsync(
        StaticSite site, string path = "", int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        IPage page = await NewPageAsync(width, scheme);
        await page.GotoAsync(site.Address + path);
        if (!path.StartsWith("benchmark", StringComparison.Ordinal))
        {
            await StartedAsync(page);
        }

        return page;
    }

    /// <summary>Waits until the page answers.</summary>
    internal static Task StartedAsync(IPage page) =>
        page.WaitForSelectorAsync(
            "html[data-ready]", new() { Timeout = 60_000, State = WaitForSelectorState.Attached });
}
