using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace NeuralNet.Reports.Browser.Tests;

/// <summary>The pages as people see them, opened as files.</summary>
public sealed class PageTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly Lazy<string> _digits = new(() => Runs.Digits("digits"));
    private static readonly Lazy<string> _regression = new(() => Runs.Regression("regression"));
    private static readonly Lazy<string> _comparison = new(Compare);

    public static TheoryData<int, ColorScheme> Screens { get; } = new()
    {
        { 360, ColorScheme.Light },
        { 820, ColorScheme.Dark },
        { 1280, ColorScheme.Light },
    };

    [Theory]
    [MemberData(nameof(Screens))]
    public Task A_classifier_can_be_read_by_everyone(int width, ColorScheme scheme) =>
        CheckAsync(_digits.Value, width, scheme);

    [Theory]
    [MemberData(nameof(Screens))]
    public Task A_regression_can_be_read_by_everyone(int width, ColorScheme scheme) =>
        CheckAsync(_regression.Value, width, scheme);

    [Theory]
    [MemberData(nameof(Screens))]
    public Task A_comparison_can_be_read_by_everyone(int width, ColorScheme scheme) =>
        CheckAsync(_comparison.Value, width, scheme);

    private static string Compare()
    {
        string path = Path.Combine(Browser.Output, "comparison.html");
        RunComparison.Read(
            Runs.Digits("slow", 0.0003),
            Runs.Digits("usual"),
            Runs.Digits("fast-with-a-name-that-is-very-long", 0.03, 8))
            .Save(path);
        return path;
    }

    // Takes a picture; nothing may reach beyond the width, and axe-core may find nothing.
    private async Task CheckAsync(string path, int width, ColorScheme scheme)
    {
        IPage page = await browser.OpenAsync(new Uri(path).AbsoluteUri, width, scheme);
        string name = $"{Path.GetFileNameWithoutExtension(path)}-{width}-{scheme}.png";
        await page.EvaluateAsync("document.querySelectorAll('details').forEach(part => part.open = true)");
        await page.ScreenshotAsync(new() { Path = Path.Combine(Browser.Output, name), FullPage = true });
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).Should().BeTrue();
        var result = await page.RunAxe();
        result.Violations.Select(violation => $"{violation.Id}: {violation.Help} "
            + string.Join(", ", violation.Nodes.Select(node => node.Target))).Should().BeEmpty();
        browser.Complaints.Should().BeEmpty();
    }
}
