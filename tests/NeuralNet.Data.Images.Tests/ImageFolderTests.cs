using System.Numerics;
using NeuralNet.Activations;
using NeuralNet.Batches;
using NeuralNet.Distributed;
using NeuralNet.LinearAlgebra;
using NeuralNet.Losses;
using NeuralNet.Networks;
using NeuralNet.Optimizers;
using NeuralNet.Preprocessing;
using NeuralNet.Tests.Distributed;
using NeuralNet.Training;

namespace NeuralNet.Data.Images.Tests;

public sealed class ImageFolderTests : IDisposable
{
    private readonly PhotoFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Classes_and_files_are_in_the_order_of_their_codes()
    {
        ImageFolder photos = Open("b/2.png", "b/10.PNG", "B/x.png", "a/ä.png", "a/z.jpeg.png", "ä/1.png");
        photos.Classes.Should().Equal("B", "a", "b", "ä");
        photos.Labels.Should().Equal(0, 1, 1, 2, 2, 3);
        photos.Files.Select(file => Path.GetRelativePath(_folder.Path, file).Replace('\\', '/'))
            .Should().Equal("B/x.png", "a/z.jpeg.png", "a/ä.png", "b/10.PNG", "b/2.png", "ä/1.png");
        photos.Count.Should().Be(6);
        photos.Path.Should().Be(_folder.Path);
        photos.ToString().Should().Be($"'{_folder.Path}': 6 images in 4 classes: B, a, b, ä");
    }

    [Fact]
    public void A_data_set_holds_the_pixels_of_every_file_and_its_class()
    {
        ImageFolder photos = Many(20);
        DataSet<float> data = photos.ToDataSet<float>();
        (data.Count, data.InputSize, data.TargetSize).Should().Be((20, 4 * 5 * 3, 3));
        for (int j = 0; j < 20; j++)
        {
            data.Inputs.Column(j).ToArray().Should().Equal(Image.Read(photos.Files[j]).ToInput<float>());
            data.Targets.Column(j).IndexOf(1).Should().Be(photos.Labels[j]);
        }

        photos.Shape.Should().Be(new FeatureShape(4, 5, 3));
        DataSet<double> small = ImageFolder.Open(_folder.Path, new() { Size = 2, Channels = 1 }).ToDataSet<double>();
        small.InputSize.Should().Be(4);
    }

    [Fact]
    public void Split_parts_have_the_same_shares_and_are_those_of_the_data_set()
    {
        ImageFolder photos = Many(30);
        (ImageFolder training, ImageFolder test) = photos.StratifiedSplit(0.6, seed: 4);
        (training.Count, test.Count).Should().Be((18, 12));
        training.Labels.Count(label => label == 1).Should().Be(6);
        training.Files.Concat(test.Files).Should().BeEquivalentTo(photos.Files);
        training.Classes.Should().Equal(photos.Classes);
        (DataSet<float> first, DataSet<float> second) = photos.ToDataSet<float>().StratifiedSplit(0.6, seed: 4);
        training.ToDataSet<float>().Inputs.Values.SequenceEqual(first.Inputs.Values).Should().BeTrue();
        test.ToDataSet<float>().Inputs.Values.SequenceEqual(second.Inputs.Values).Should().BeTrue();
    }

    [Fact]
    public async Task A_source_reads_every_image_once_in_an_order_of_its_seed_and_epoch()
    {
        ImageFolder photos = Many(23);
        IBatchSource<float> source = photos.ToBatchSource<float>(batchSize: 5, shuffleSeed: 1);
        source.BatchesPerEpoch.Should().Be(5);
        List<Batch<float>> first = await ReadAll(source, 1);
        first.Select(batch => batch.Count).Should().Equal(5, 5, 5, 5, 3);
        float[] inputs = Inputs(first);
        DataSet<float> data = photos.ToDataSet<float>();
        inputs.Chunk(data.InputSize).Select(image => image[0]).Order()
            .Should().Equal(Enumerable.Range(0, 23).Select(j => data.Inputs[0, j]).Order());

        Inputs(await ReadAll(photos.ToBatchSource<float>(5, shuffleSeed: 1), 1)).Should().Equal(inputs);
        Inputs(await ReadAll(source, 2)).Should().NotEqual(inputs);
        Inputs(await ReadAll(photos.ToBatchSource<float>(5, shuffleSeed: 2), 1)).Should().NotEqual(inputs);

        List<Batch<float>> inOrder = await ReadAll(photos.ToBatchSource<float>(5), 7);
        Inputs(inOrder).Should().Equal(data.Inputs.Values.ToArray());
        inOrder.SelectMany(batch => batch.Targets.ToColumnMajorArray()).Should().Equal(data.Targets.Values.ToArray());
        var scaling = new ChannelStandardization(photos.Shape, [0.5, 0.4, 0.3], [0.2, 0.3, 0.4]);
        Inputs(await ReadAll(photos.ToBatchSource<float>(5, transform: scaling), 1))
            .Should().Equal(data.TransformInputs(scaling).Inputs.Values.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Training_on_a_source_gives_the_bits_of_training_in_memory(int threads)
    {
        ImageFolder photos = Many(16);
        Parameters(trainer => trainer.Fit(photos.ToBatchSource<float>(4), Options(shuffle: true)), threads)
            .Should().Equal(
                Parameters(trainer => trainer.Fit(photos.ToDataSet<float>(), Options(shuffle: false)), 1));

        FitOptions<float> Options(bool shuffle) => new()
        {
            Epochs = 2,
            BatchSize = 4,
            Shuffle = shuffle,
            Augmentation = new RandomFlip(photos.Shape),
        };
    }

    [Fact]
    public void Workers_read_their_own_images_and_get_the_bits_of_one()
    {
        ImageFolder photos = Many(24);
        (float[] alone, int all) = Train(Workers.Alone(shards: 4));
        (float[] Parameters, int Read)[] shared = ThreadWorkers.Run(3, shards: 4, Train);
        shared.Should().OnlyContain(worker => worker.Parameters.SequenceEqual(alone));
        shared.Sum(worker => worker.Read).Should().Be(all).And.Be(2 * 24);

        (float[] Parameters, int Read) Train(IWorkers workers)
        {
            var counting = new CountingTransform(photos.Shape.Size);
            Network<float> network = Network.Create<float>(photos.Shape, seed: 1).Dense(photos.Classes.Count).Build();
            var trainer = new Trainer<float>(network, new SoftmaxCrossEntropy(), new Sgd(0.1), workers: workers);
            trainer.Fit(photos.ToBatchSource<float>(5, shuffleSeed: 1, counting), new() { Epochs = 2 });
            return ([.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())], counting.Samples);
        }
    }

    [Fact]
    public void A_damaged_image_ends_the_run_with_its_name()
    {
        ImageFolder photos = Many(12);
        File.WriteAllBytes(photos.Files[7], [1, 2, 3]);
        File.WriteAllBytes(photos.Files[9], []);
        FluentActions.Invoking(
            () => Parameters(trainer => trainer.Fit(photos.ToBatchSource<float>(4), new() { Epochs = 1 }), 2))
            .Should().Throw<InvalidDataException>().WithMessage($"'{photos.Files[7]}' cannot be read as an image:*");
        photos.Invoking(folder => folder.ToDataSet<float>()).Should().Throw<InvalidDataException>()
            .WithMessage($"'{photos.Files[7]}' cannot be read as an image: it is neither*", "it is the first in order");
        File.Delete(photos.Files[3]);
        photos.Invoking(folder => folder.ToDataSet<float>()).Should().Throw<FileNotFoundException>();
    }

    [Fact]
    public void Images_of_different_sizes_are_refused_by_name_unless_a_size_is_wanted()
    {
        _folder.Add("a/1.png", PngFile.Plain(4, 5, 1, 2, 3)).Add("b/2.png", PngFile.Plain(5, 4, 1, 2, 3));
        FluentActions.Invoking(() => ImageFolder.Open(_folder.Path).ToDataSet<float>())
            .Should().Throw<InvalidDataException>().WithMessage("*2.png' is 5 × 4 × 3, but '*1.png' 4 × 5 × 3*Size*");
        ImageFolder.Open(_folder.Path, new() { Size = 4 }).ToDataSet<float>().Count.Should().Be(2);

        _folder.Add("b/2.png", PngFile.Plain(4, 5, 9));
        FluentActions.Invoking(() => ImageFolder.Open(_folder.Path).ToDataSet<float>())
            .Should().Throw<InvalidDataException>().WithMessage("*is 4 × 5 × 1, but*Channels*");
    }

    [Fact]
    public void Folders_that_are_not_as_they_should_be_are_refused()
    {
        FluentActions.Invoking(() => ImageFolder.Open(Path.Combine(_folder.Path, "none")))
            .Should().Throw<DirectoryNotFoundException>();
        _folder.Add(".hidden/1.png", [1]);
        Refusal().Should().Match("'*' has no subfolders; there must be one for each class*");
        _folder.Add("a/1.png", [1]).Add("a/.DS_Store", [1]);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "empty"));
        Refusal().Should().Match("The class 'empty' has no images: there are none in '*empty'.");
        _folder.Add("empty/1.png", [1]).Add("a/notes.txt", [1]);
        Refusal().Should().Match("'*notes.txt' does not end in .png, .jpg or .jpeg. Remove it,*Files: true.");
        ImageFolder.Open(_folder.Path, ignoreOtherFiles: true).Count.Should().Be(2);
        _folder.Add("list.csv", [1]);
        Refusal().Should().Match("'*list.csv' stands beside the folders of the classes.*");
        ImageFolder.Open(_folder.Path, ignoreOtherFiles: true).Count.Should().Be(2);
        _folder.Add("a/more/1.png", [1]);
        FluentActions.Invoking(() => ImageFolder.Open(_folder.Path, ignoreOtherFiles: true))
            .Should().Throw<InvalidDataException>().WithMessage("'*a' holds the folder 'more';*");

        string Refusal() => FluentActions.Invoking(() => ImageFolder.Open(_folder.Path))
            .Should().Throw<InvalidDataException>().Which.Message;
    }

    private ImageFolder Open(params string[] names)
    {
        Array.ForEach(names, name => _folder.Add(name, PngFile.Plain(2, 2, 5)));
        return ImageFolder.Open(_folder.Path);
    }

    /// <summary>Images of three classes, each with pixels of its own.</summary>
    private ImageFolder Many(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _folder.Add($"{"abc"[i % 3]}/{i}.png", PngFile.Of(4, 5, 3, (y, x, c) => (byte)((7 * i) + (y * x) + c)));
        }

        return ImageFolder.Open(_folder.Path);
    }

    private static float[] Parameters(Func<Trainer<float>, TrainingHistory> fit, int threads)
    {
        Network<float> network = Network.Create<float>(new FeatureShape(4, 5, 3), seed: 1)
            .Convolution(3, 3, activation: new ReLU()).GlobalAveragePooling().Dense(3).Build();
        fit(new(network, new SoftmaxCrossEntropy(), new Sgd(0.1), seed: 2, threads: threads));
        return [.. network.Parameters.SelectMany(parameter => parameter.Values.ToArray())];
    }

    private static float[] Inputs(List<Batch<float>> batches) =>
        [.. batches.SelectMany(batch => batch.Inputs.ToColumnMajorArray())];

    private static async Task<List<Batch<float>>> ReadAll(IBatchSource<float> source, int epoch)
    {
        var batches = new List<Batch<float>>();
        await foreach (Batch<float> batch in source.ReadAsync(epoch, CancellationToken.None))
        {
            batches.Add(batch);
        }

        return batches;
    }

    private sealed class CountingTransform(int size) : IFeatureTransform
    {
        public int Samples { get; private set; }

        public int InputSize => size;

        public int OutputSize => size;

        public void Transform<T>(ReadOnlyMatrixSpan<T> input, MatrixSpan<T> output)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Samples += input.Columns;
            input.Values.CopyTo(output.Values);
        }
    }
}
