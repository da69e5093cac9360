using System.Text.RegularExpressions;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.Playwright;
using NeuralNet.Activations;
using NeuralNet.Data;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Training;

namespace NeuralNet.Reports.Browser.Tests;

/// <summary>A page that is served while the run goes on.</summary>
public sealed class LiveTests(Browser browser) : IClassFixture<Browser>, ITrainingCallback<float>, IDisposable
{
    private readonly SemaphoreSlim _go = new(0);

    public void Dispose() => _go.Dispose();

    void ITrainingCallback<float>.OnEpochEnd(TrainingContext<float> context, EpochResult result)
    {
        if (result.Epoch > 3)
        {
            _go.Wait(context.CancellationToken);
        }
    }

    [Fact]
    public async Task It_loads_itself_again_where_it_is_read_and_stops_when_the_run_is_over()
    {
        var report = new HtmlReport<float>(path: null, new() { Interval = TimeSpan.Zero, Title = "Live" });
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        Task training = Task.Run(() => Train(report, cancellation.Token));
        using var live = new LivePage(() => report.ToHtml(TimeSpan.FromSeconds(1)));
        while (!report.ToHtml().Contains("epoch 4 of 8", StringComparison.Ordinal))
        {
            await Task.Delay(50);
        }

        IPage page = await browser.OpenAsync(live.Address, width: 500);
        await page.ScreenshotAsync(new() { Path = Path.Combine(Browser.Output, "live.png") });
        await Ask<bool>(page, "document.querySelectorAll('details')[1].open = true");
        await Ask<object?>(page, "scrollTo(0, 700)");
        int before = live.Requests;
        _go.Release();
        await Assertions.Expect(page.Locator(".status")).ToHaveTextAsync(
            new Regex("epoch 5 of 8"), new() { Timeout = 20_000 });
        live.Requests.Should().BeGreaterThan(before);
        (await Ask<int>(page, "Math.round(scrollY)")).Should().Be(700);
        (await Ask<bool>(page, "document.querySelectorAll('details')[1].open")).Should().BeTrue();
        (await Ask<bool>(page, "document.querySelectorAll('details')[0].open")).Should().BeFalse();

        await page.Locator("#refresh").UncheckAsync();
        before = live.Requests;
        await page.WaitForTimeoutAsync(2500);
        live.Requests.Should().Be(before, "its reader wants no more");

        await page.ReloadAsync();
        (await page.Locator("#refresh").IsCheckedAsync()).Should().BeFalse();
        await page.Locator("#refresh").CheckAsync();
        _go.Release(10);
        await training;
        await Assertions.Expect(page.Locator(".status")).ToHaveTextAsync(
            "Completed after 8 epochs", new() { Timeout = 20_000 });
        (await page.Locator("script").CountAsync()).Should().Be(0);
        browser.Complaints.Should().BeEmpty();
    }

    /// <summary>Evaluates a script, again where the page has loaded itself again in the middle of it.</summary>
    private static async Task<T> Ask<T>(IPage page, string script)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await page.EvaluateAsync<T>(script);
            }
            catch (PlaywrightException exception)
                when (attempt < 10 && exception.Message.Contains("navigation", StringComparison.Ordinal))
            {
                await page.WaitForLoadStateAsync();
            }
        }
    }

    private void Train(HtmlReport<float> report, CancellationToken cancellationToken)
    {
        Matrix<float> inputs = Matrix<float>.Build.Dense(4, 64, (i, j) => MathF.Sin((i * 7) + j));
        Network<float> network = Network.Create<float>(4, seed: 1).Dense(8, new ReLU()).Dense(4).Build();
        new Trainer<float>(network, new MeanSquaredError(), new Adam(0.01)).Fit(
            new DataSet<float>(inputs, inputs), new() { Epochs = 8, Callbacks = [report, this] }, cancellationToken);
    }
}
