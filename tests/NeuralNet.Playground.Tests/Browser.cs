using Microsoft.Playwright;

namespace NeuralNet.Playground.Tests;

/// <summary>A headless browser with the page, and what it complained about.</summary>
public sealed class Browser : IAsyncLifetime
{
    private readonly List<string> _complaints = [];
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    /// <summary>The folder for screenshots and figures.</summary>
    public static string Output { get; } = Variable("PLAYGROUND_OUTPUT");

    /// <summary>What the pages wrote as errors so far.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Variable("CHROMIUM"),
            Args = ["--no-sandbox"],
        });
    }

    public async Task DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }

    internal static StaticSite Serve() => new(Variable("PLAYGROUND_SITE"));

    /// <summary>Opens a page and waits until it has started.</summary>
    internal async Task<IPage> OpenAsync(
        StaticSite site, string path = "", int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        IBrowserContext context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
        });
        IPage page = await context.NewPageAsync();
        Watch(page);
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

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set: start these tests by the script 'run'.");

    private void Watch(IPage page)
    {
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _complaints.Add(message.Text);
            }
        };
    }
}
