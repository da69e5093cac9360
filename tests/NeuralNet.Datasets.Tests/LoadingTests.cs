using NeuralNet.Datasets.Downloads;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Datasets.Tests;

/// <summary>Where a data set is looked for, in which order, and what the result says about it.</summary>
public sealed class LoadingTests : IDisposable
{
    private const string Variable = "NEURALNET_LOADING_TESTS";

    private readonly TemporaryFolder _folder = new();

    public LoadingTests() => TinyDataSet.Write(Directory.CreateDirectory(_folder["published"]).FullName);

    public void Dispose() => _folder.Dispose();

    private string Published => _folder["published"];

    private string Cache => _folder["cache"];

    [Fact]
    public void A_folder_that_is_named_is_read_without_looking_elsewhere()
    {
        using FakeMirrors mirrors = Serving();

        ImageDataset data = Source(mirrors).Load(new() { Folder = Published, CacheFolder = Cache });

        data.Origin.Should().Be(DatasetOrigin.Folder);
        data.ToString().Should().Be(
            $"published: 90 training images and 30 for tests, 4 × 3 × 1, 3 classes; from the folder '{Published}'");
        mirrors.Requests.Should().BeEmpty();
    }

    [Fact]
    public void A_folder_that_is_named_and_does_not_hold_it_is_never_replaced()
    {
        using FakeMirrors mirrors = Serving();
        Action load = () => Source(mirrors).Load(new() { Folder = _folder["none"], CacheFolder = Cache });

        load.Should().Throw<DatasetException>().WithMessage("*none' does not exist.");
        mirrors.Requests.Should().BeEmpty();
    }

    [Fact]
    public void The_environment_names_a_folder_and_a_message_names_the_variable()
    {
        using FakeMirrors mirrors = Serving();
        try
        {
            Environment.SetEnvironmentVariable(Variable, Published);
            Source(mirrors).Load(new()).Source.Should().Contain(Published);

            Environment.SetEnvironmentVariable(Variable, _folder["none"]);
            Action load = () => Source(mirrors).Load(new() { CacheFolder = Cache });
            load.Should().Throw<DatasetException>().WithMessage($"{Variable}: *none' does not exist.");
        }
        finally
        {
            Environment.SetEnvironmentVariable(Variable, null);
        }

        mirrors.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task It_is_downloaded_once_and_comes_from_the_cache_from_then_on()
    {
        using FakeMirrors mirrors = Serving();
        var progress = new List<DownloadProgress>();
        var options = new DatasetOptions
        {
            CacheFolder = Cache,
            Handler = mirrors,
            Progress = new SynchronousProgress<DownloadProgress>(progress.Add),
        };

        ImageDataset downloaded = await Source(mirrors).LoadAsync(options, default);
        ImageDataset cached = await Source(mirrors).LoadAsync(options, default);

        downloaded.Origin.Should().Be(DatasetOrigin.Download);
        cached.Origin.Should().Be(DatasetOrigin.Cache);
        cached.Notice.Should().BeNull();
        mirrors.Requests.Should().HaveCount(4);
        progress[^1].Received.Should().Be(progress[^1].Total);
        cached.Training.Inputs.Values.SequenceEqual(downloaded.Training.Inputs.Values).Should().BeTrue();
    }

    [Fact]
    public async Task A_damaged_file_in_the_cache_is_fetched_again()
    {
        using FakeMirrors mirrors = Serving();
        var options = new DatasetOptions { CacheFolder = Cache, Handler = mirrors };
        await Source(mirrors).LoadAsync(options, default);
        File.WriteAllText(Path.Combine(Cache, TinyDataSet.TestLabels + ".gz"), "<html>");

        ImageDataset data = await Source(mirrors).LoadAsync(options, default);

        data.Origin.Should().Be(DatasetOrigin.Download);
        mirrors.Requests.Should().HaveCount(5);
    }

    [Fact]
    public void Without_a_connection_what_stands_in_says_so_and_what_to_do()
    {
        using FakeMirrors mirrors = FakeMirrors.OutOfReach();
        ImageDataset data = Source(mirrors, canGenerate: true).Load(new() { CacheFolder = Cache, Handler = mirrors });

        data.Origin.Should().Be(DatasetOrigin.Generated);
        data.Name.Should().Be("generated digits");
        data.Notice.Should().Be(
            "Tiny cannot be downloaded (mirror.example: no such host). These are generated digits instead, which say "
            + $"nothing about Tiny. To use files you have, name their folder, or set {Variable}.");
        data.ToString().Should().EndWith(data.Notice);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Without_a_connection_and_a_stand_in_the_reason_is_given(bool canGenerate, bool allowGenerated)
    {
        using FakeMirrors mirrors = FakeMirrors.OutOfReach();
        Action load = () => Source(mirrors, canGenerate)
            .Load(new() { CacheFolder = Cache, Handler = mirrors, AllowGenerated = allowGenerated });

        load.Should().Throw<DatasetException>().WithMessage(
            $"Tiny is not in the cache folder '{Cache}', and cannot be downloaded (mirror.example: no such host). *");
    }

    [Fact]
    public void Without_leave_nothing_is_downloaded()
    {
        using FakeMirrors mirrors = Serving();
        Action load = () => Source(mirrors).Load(new() { CacheFolder = Cache, Handler = mirrors, Download = false });

        load.Should().Throw<DatasetException>().WithMessage("*downloads are switched off*");
        mirrors.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_cancelled_download_leaves_nothing_and_is_not_replaced()
    {
        using var cancellation = new CancellationTokenSource();
        using var mirrors = new FakeMirrors(_ =>
        {
            cancellation.Cancel();
            return FakeMirrors.NotFound();
        });
        Func<Task> load = () => Source(mirrors, canGenerate: true)
            .LoadAsync(new() { CacheFolder = Cache, Handler = mirrors }, cancellation.Token);

        await load.Should().ThrowAsync<OperationCanceledException>();
        Directory.Exists(Cache).Should().BeFalse();
    }

    [Fact]
    public void Standardized_pixels_have_mean_0_and_variance_1_over_the_training_part_and_stay_bytes()
    {
        ImageDataset plain = IdxFolder.Read(Published);
        using FakeMirrors mirrors = Serving();

        ImageDataset data = Source(mirrors).Load(new() { Folder = Published, Standardize = true });

        ReadOnlyMatrixSpan<float> inputs = data.Training.Inputs;
        double mean = 0;
        double square = 0;
        foreach (float value in inputs.Values)
        {
            mean += value / (double)inputs.Values.Length;
            square += value * (double)value / inputs.Values.Length;
        }

        mean.Should().BeApproximately(0, 1e-5);
        square.Should().BeApproximately(1, 1e-5);
        data.Scaling!.Shape.Should().Be(data.Shape);
        data.TrainingImages.Pixels.Should().NotBeNull();
        plain.Scaling.Should().BeNull();
        data.Test.Inputs[1, 0].Should().Be((float)((0 - data.Scaling.Means[0]) / data.Scaling.StandardDeviations[0]));
        data.Source.Should().Be($"the folder '{Published}'");
    }

    [Fact]
    public void Bytes_and_labels_can_be_had_in_double()
    {
        ImageDataset data = IdxFolder.Read(Published);

        data.TestImages.ToDataSet<double>().Inputs[1, 1].Should().Be(201 * (1.0 / 255));
        data.TestImages.Labels.Take(4).Should().Equal(0, 1, 2, 0);
        data.TestImages.ToString().Should().Be("30 images of 12 bytes, 3 classes");
    }

    [Fact]
    public void The_caches_of_the_data_sets_are_apart() =>
        new[] { Mnist.CacheFolder, FashionMnist.CacheFolder, Cifar10.CacheFolder }.Should().OnlyHaveUniqueItems();

    private FakeMirrors Serving() => new(
        address => FakeMirrors.Content(File.ReadAllBytes(_folder[$"published/{address.Segments[^1]}"])));

    private ImageDatasetSource Source(HttpMessageHandler mirrors, bool canGenerate = false)
    {
        DatasetFile[] files =
        [
            .. Directory.EnumerateFiles(Published).Select(
                path => new DatasetFile(Path.GetFileName(path), new FileInfo(path).Length, FileSha256.Of(path))),
        ];
        return new(
            "Tiny",
            Variable,
            "tiny",
            new([new("https://mirror.example/tiny/")], files, mirrors),
            IdxFolder.Read,
            canGenerate ? token => GeneratedDigits.Create(10, 10, seed: 1, token) : null);
    }
}
