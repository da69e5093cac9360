using Microsoft.Playwright;

namespace NeuralNet.Tests.Browsers;

/// <summary>A headless browser, and what its pages complained about.</summary>
public abstract class HeadlessBrowser : IAsyncLifetime
{
    private readonly List<string> _complaints = [];
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private IBrowserContext? _context;

    /// <summary>What is wrong with the pages so far, such as what they wrote as errors.</summary>
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

    /// <summary>The value of an environment variable that the script sets which starts the tests.</summary>
    protected static string Variable(string name) => Environment.GetEnvironmentVariable(name)
        ?? throw new InvalidOperationException($"{name} is not set: start these tests by the script 'run'.");

    /// <summary>
    /// Opens an empty page whose errors are complaints, and closes the one before, which may still be at work.
    /// </summary>
    protected async Task<IPage> NewPageAsync(int width, ColorScheme scheme)
    {
        if (_context is not null)
        {
            await _context.CloseAsync();
        }

        _context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
        });
        IPage page = await _context.NewPageAsync();
        page.PageError += (_, error) => Complain(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complain(message.Text);
            }
        };
        return page;
    }

    /// <summary>Adds a complaint.</summary>
    protected void Complain(string complaint) => _complaints.Add(complaint);
}
