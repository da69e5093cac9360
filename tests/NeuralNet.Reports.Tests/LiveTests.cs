using NeuralNet.Reports.Recording;
using NeuralNet.Training;

namespace NeuralNet.Reports.Tests;

/// <summary>A page that is asked for while the run goes on.</summary>
public sealed class LiveTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Before_the_run_there_is_a_page_that_waits()
    {
        var report = new HtmlReport<float>(path: null, new() { Title = "My run" });

        string html = report.ToHtml(TimeSpan.FromSeconds(5));
        html.Should().Contain("<h1>My run</h1>").And.Contain("Waiting for the run to begin").And.Contain("<script>");
        report.ToHtml().Should().NotContain("<script");
        report.Invoking(r => r.ToHtml(TimeSpan.Zero)).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public async Task The_page_can_be_asked_for_on_any_thread()
    {
        var report = new HtmlReport<float>(path: null, new() { Interval = TimeSpan.Zero });
        Task training = Task.Run(() => Runs.Classifier().Fit(Runs.Rings, Runs.Options(200, report)));
        int pages = 0;
        do
        {
            using var stream = new MemoryStream();
            await report.WriteAsync(stream, TimeSpan.FromSeconds(1));
            Runs.Parse(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
            pages++;
        }
        while (!training.IsCompleted);

        await training;
        pages.Should().BeGreaterThan(1);
        report.ToHtml().Should().Contain("Completed after 200 epochs");
    }

    [Fact]
    public void The_epoch_at_hand_is_shown_as_a_part_until_it_is_over()
    {
        var report = new HtmlReport<float>(_folder["r.html"], new() { Interval = TimeSpan.Zero });
        var reader = new Reader(_folder["r.html"], epoch: 2, batch: 4);
        Runs.Classifier().Fit(Runs.Rings, Runs.Options(3, report, reader.Before));

        // The page stands in the file as it was after the batch before, for the reader comes first.
        string page = reader.Page!;
        page.Should().Contain("Training: epoch 2 of 3, batch 3 of 8").And.Contain("<script>");
        Runs.Rows(Runs.Parse(page), "training loss").Select(row => row[0]).Should().Equal("1", "2 (part)");
        Runs.Rows(Runs.Parse(File.ReadAllText(_folder["r.html"])), "training loss").Select(row => row[0])
            .Should().Equal("1", "2", "3");
    }

    [Fact]
    public void Between_two_updates_passes_the_time_that_was_asked_for()
    {
        var clock = new Clock();
        var report = new HtmlReport<float>(
            _folder["r.html"], new() { Interval = TimeSpan.FromSeconds(3), Clock = clock });
        var counter = new Counter(_folder["r.html"], clock);
        Runs.Classifier().Fit(Runs.Rings, Runs.Options(4, report, counter));

        // A second for each of 32 batches: at the start, after 3, 6, 8 (the first epoch), 11, 14, … and 32 seconds. The
        // counter is told before the report, so it does not see the page of the end.
        counter.Versions.Should().Be(12);
        RunFile.Read(_folder["r.html"]).Epochs.Should().Equal(1, 2, 3, 4);
        File.ReadAllText(_folder["r.html"]).Should().Contain("Written 2026-02-03 04:05:38 UTC");
    }

    private sealed class Reader(string path, int epoch, int batch)
    {
        public string? Page { get; private set; }

        public ITrainingCallback<float> Before => new Callback(this);

        private sealed class Callback(Reader reader) : ITrainingCallback<float>
        {
            public void OnBatchEnd(TrainingContext<float> context)
            {
                if ((context.Epoch, context.Batch) == reader.Place)
                {
                    reader.Page = File.ReadAllText(reader.Path);
                }
            }
        }

        private (int Epoch, int Batch) Place => (epoch, batch);

        private string Path => path;
    }

    private sealed class Counter(string path, Clock clock) : ITrainingCallback<float>
    {
        private string _last = "";

        public int Versions { get; private set; }

        public void OnBatchEnd(TrainingContext<float> context)
        {
            Look();
            clock.Now += TimeSpan.FromSeconds(1);
        }

        public void OnTrainingEnd(TrainingContext<float> context) => Look();

        private void Look()
        {
            string page = File.ReadAllText(path);
            Versions += page == _last ? 0 : 1;
            _last = page;
        }
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Now.Ticks;
    }
}
