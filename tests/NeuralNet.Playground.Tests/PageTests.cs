using System.Globalization;
using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace NeuralNet.Playground.Tests;

/// <summary>The page as people use it.</summary>
public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    // A 3 in a box from 0 to 1, as one draws it.
    private static readonly (float X, float Y)[] _three =
    [
        (.3f, .25f), (.42f, .17f), (.55f, .16f), (.66f, .22f), (.68f, .32f), (.6f, .42f), (.47f, .48f), (.6f, .52f),
        (.7f, .6f), (.71f, .71f), (.62f, .81f), (.48f, .84f), (.34f, .8f), (.28f, .74f),
    ];

    [Fact]
    public async Task A_drawn_3_is_a_3()
    {
        using StaticSite site = Browser.Serve();
        IPage page = await browser.OpenAsync(site);
        await DrawThreeAsync(page);
        await Assertions.Expect(page.Locator("#verdict")).ToHaveTextAsync(new Regex("^3 "));
        (await page.Locator("#bars li.best").TextContentAsync()).Should().StartWith("3");
        string heat = await page.Locator("#heat").EvaluateAsync<string>("canvas => canvas.toDataURL()");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await Assertions.Expect(page.Locator("#verdict")).ToHaveTextAsync("–");
        (await page.Locator("#heat").EvaluateAsync<string>("canvas => canvas.toDataURL()")).Should().NotBe(heat);
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Every_example_is_read_as_what_it_is()
    {
        using StaticSite site = Browser.Serve();
        IPage page = await browser.OpenAsync(site);
        for (int digit = 0; digit < 10; digit++)
        {
            await page.SelectOptionAsync("#example", $"{digit}");
            await Assertions.Expect(page.Locator("#verdict"))
                .ToHaveTextAsync(new Regex($"^{digit} "));
        }

        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task One_draws_and_switches_by_keyboard()
    {
        using StaticSite site = Browser.Serve();
        IPage page = await browser.OpenAsync(site);
        await page.FocusAsync("#paper");
        for (int i = 0; i < 8; i++)
        {
            await page.Keyboard.PressAsync("ArrowRight");
        }

        await page.Keyboard.PressAsync("Space");
        for (int i = 0; i < 20; i++)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }

        await Assertions.Expect(page.Locator("#verdict")).ToHaveTextAsync(new Regex("^1 "));
        await page.FocusAsync("#tab-draw");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#learn")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#draw")).ToBeHiddenAsync();
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_is_no_network_is_refused_and_another_network_is_used()
    {
        using StaticSite site = Browser.Serve();
        IPage page = await browser.OpenAsync(site);
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "x.safetensors", Buffer = new byte[100] });
        await Assertions.Expect(page.Locator("#state")).ToContainTextAsync("That did not work");
        byte[] file = await File.ReadAllBytesAsync(
            Path.Combine(Environment.GetEnvironmentVariable("PLAYGROUND_SITE")!, "digits.safetensors"));
        await page.SetInputFilesAsync("#file", new FilePayload { Name = "mine.safetensors", Buffer = file });
        await Assertions.Expect(page.Locator("#model")).ToContainTextAsync("mine.safetensors: 61,706 parameters");
        await Assertions.Expect(page.Locator("#state")).ToHaveTextAsync("");
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task XOR_is_learned_in_five_seconds()
    {
        using StaticSite site = Browser.Serve();
        IPage page = await browser.OpenAsync(site, "#learn?data=xor");
        long start = Environment.TickCount64;
        await page.ClickAsync("#run");
        await page.WaitForFunctionAsync(
            "parseFloat(document.getElementById('accuracy').textContent) >= 98", null, new() { Timeout = 20_000 });
        long taken = Environment.TickCount64 - start;
        taken.Should().BeLessThan(5000);
        await File.WriteAllTextAsync(
            Path.Combine(Browser.Output, "xor.txt"), $"XOR: 98 % are right after {taken} ms\n");
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task The_link_keeps_the_settings_and_a_step_is_one_step()
    {
        using StaticSite site = Browser.Serve();
        IPage page = await browser.OpenAsync(site, "#learn?data=moons&hidden=4-3&activation=relu&seed=7");
        (await page.InputValueAsync("[name=hidden]")).Should().Be("4, 3");
        (await page.InputValueAsync("[name=data]")).Should().Be("moons");
        await page.ClickAsync("#step");
        await page.ClickAsync("#step");
        (await page.TextContentAsync("#steps")).Should().Be("2");
        string loss = await page.TextContentAsync("#loss") ?? "";
        await page.SelectOptionAsync("[name=optimizer]", "sgd");
        page.Url.Should().EndWith("#learn?data=moons&hidden=4-3&activation=relu&optimizer=sgd&seed=7");
        await page.GotoAsync(page.Url.Replace("optimizer=sgd", "optimizer=adam", StringComparison.Ordinal));
        await page.ClickAsync("#step");
        await page.ClickAsync("#step");
        (await page.TextContentAsync("#loss")).Should().Be(loss, "the same seed gives the same steps");
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task The_chain_rule_agrees_with_its_finite_difference()
    {
        using StaticSite site = Browser.Serve();
        IPage page = await browser.OpenAsync(site, "#learn?hidden=4-3&penalty=0.01");
        await page.ClickAsync("#step");
        await page.SelectOptionAsync("#w-layer", new SelectOptionValue { Label = "2" });
        await page.SelectOptionAsync("#w-neuron", new SelectOptionValue { Label = "3" });
        await page.SelectOptionAsync("#w-input", new SelectOptionValue { Label = "neuron 4" });
        ILocator last = page.Locator("#rule tr.sum td");
        await Assertions.Expect(page.Locator("#rule tr.sum th")).ToHaveTextAsync("∂L/∂w3,4");
        string gradient = (await last.Nth(0).TextContentAsync())!;
        (await last.Nth(1).TextContentAsync()).Should().Be($"finite differences give {gradient}");
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task It_works_without_a_network_once_it_was_opened()
    {
        StaticSite site = Browser.Serve();
        IPage page = await browser.OpenAsync(site);
        await page.WaitForSelectorAsync("html[data-offline=ready]", new() { State = WaitForSelectorState.Attached });
        site.Dispose();
        await page.ReloadAsync();
        await Browser.StartedAsync(page);
        await DrawThreeAsync(page);
        await Assertions.Expect(page.Locator("#verdict")).ToHaveTextAsync(new Regex("^3 "));
        await page.ClickAsync("#tab-learn");
        await page.ClickAsync("#step");
        (await page.TextContentAsync("#steps")).Should().Be("1");
    }

    [Theory]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(820, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    public async Task It_fits_every_width_and_is_accessible(int width, ColorScheme scheme)
    {
        using StaticSite site = Browser.Serve();
        IPage page = await browser.OpenAsync(site, width: width, scheme: scheme);
        await DrawThreeAsync(page);
        await page.WaitForTimeoutAsync(300);
        await CheckAsync(page, $"draw-{width}-{scheme}");
        await page.ClickAsync("#tab-learn");
        await page.ClickAsync("#run");
        await page.WaitForTimeoutAsync(4000);
        await page.ClickAsync("#run");
        await CheckAsync(page, $"learn-{width}-{scheme}");
        browser.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task It_is_fast_enough()
    {
        using StaticSite site = Browser.Serve();
        IPage page = await browser.OpenAsync(site);
        double start = double.Parse(
            (await page.GetAttributeAsync("html", "data-ready"))!, CultureInfo.InvariantCulture);
        page = await browser.OpenAsync(site, "benchmark.html");
        await page.WaitForFunctionAsync("window.results", null, new() { Timeout = 180_000 });
        Dictionary<string, double> figures = await page.EvaluateAsync<Dictionary<string, double>>("window.results");
        IEnumerable<string> lines = figures.Select(
            figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Key,-26} {figure.Value,10:F1} µs"));
        await File.WriteAllLinesAsync(Path.Combine(Browser.Output, "benchmark.txt"), [.. lines, $"start {start} ms"]);
        figures["PredictDense"].Should().BeLessThan(1.5 * figures["PredictDenseInPlainLoops"]);
        figures["StepDense"].Should().BeLessThan(3 * figures["StepDenseInPlainLoops"]);
        figures["PredictLeNet"].Should().BeLessThan(1e6 / 60);
        await CheckAsync(page, "benchmark");
        browser.Complaints.Should().BeEmpty();
    }

    private static async Task DrawThreeAsync(IPage page)
    {
        await page.Locator("#paper").ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await page.Locator("#paper").BoundingBoxAsync())!;
        for (int i = 0; i < _three.Length; i++)
        {
            await page.Mouse.MoveAsync(box.X + (_three[i].X * box.Width), box.Y + (_three[i].Y * box.Height));
            if (i == 0)
            {
                await page.Mouse.DownAsync();
            }
        }

        await page.Mouse.UpAsync();
    }

    // Takes a picture; nothing may reach beyond the width, and axe-core may find nothing.
    private static async Task CheckAsync(IPage page, string name)
    {
        await page.ScreenshotAsync(new() { Path = Path.Combine(Browser.Output, name + ".png"), FullPage = true });
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).Should().BeTrue();
        var result = await page.RunAxe();
        result.Violations.Select(violation => $"{violation.Id}: {violation.Help} "
            + string.Join(", ", violation.Nodes.Select(node => node.Target))).Should().BeEmpty();
    }
}
