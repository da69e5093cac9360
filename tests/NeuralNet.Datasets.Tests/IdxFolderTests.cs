using NeuralNet.LinearAlgebra;

namespace NeuralNet.Datasets.Tests;

public sealed class IdxFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Sizes_classes_and_pixels_come_from_the_files(bool gzip)
    {
        TinyDataSet.Write(_folder.Path, trainingCount: 9, testCount: 6, gzip);

        ImageDataset data = IdxFolder.Read(_folder.Path);

        data.Shape.Should().Be(new FeatureShape(TinyDataSet.Rows, TinyDataSet.Columns, 1));
        data.Classes.Should().Equal("0", "1", "2");
        (data.Training.Count, data.Test.Count).Should().Be((9, 6));
        data.Training.InputSize.Should().Be(TinyDataSet.Rows * TinyDataSet.Columns);
        data.Name.Should().Be(Path.GetFileName(_folder.Path));
        data.Origin.Should().Be(DatasetOrigin.Folder);
        data.Source.Should().Be($"the folder '{_folder.Path}'");
        ReadOnlyMatrixSpan<float> inputs = data.Training.Inputs;
        inputs[1, 1].Should().Be((float)(201 / 255.0), "the input is the pixel / 255 and nothing else");
        inputs[0, 1].Should().Be(0);
    }

    [Theory]
    [InlineData("mnist")]
    [InlineData("MNIST")]
    [InlineData("fashion-mnist")]
    public void A_folder_is_not_MNIST_because_it_is_called_so(string name)
    {
        Directory.CreateDirectory(_folder[name]);
        TinyDataSet.Write(_folder[name]);

        IdxFolder.Read(_folder[name]).Name.Should().Be(_folder[name]);
    }

    [Fact]
    public void A_set_of_mostly_black_images_may_be_compressed_as_far_as_it_goes()
    {
        TinyDataSet.Write(_folder.Path, trainingCount: 60);
        TinyDataSet.WriteIdx(_folder.Path, TinyDataSet.TrainingImages, [60, 400, 250], new byte[6_000_000]);
        TinyDataSet.WriteIdx(_folder.Path, TinyDataSet.TestImages, [30, 400, 250], new byte[3_000_000]);

        IdxFolder.Read(_folder.Path).Training.Count.Should().Be(60);
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Refusal(_folder["nowhere"]).Should().Contain("nowhere").And.Contain("does not exist");

    [Fact]
    public void A_missing_file_is_named()
    {
        TinyDataSet.Write(_folder.Path);
        File.Delete(_folder[TinyDataSet.TestLabels + ".gz"]);

        Refusal(_folder.Path).Should().Contain(TinyDataSet.TestLabels).And.NotContain(TinyDataSet.TestImages);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_truncated_file_is_named(bool gzip)
    {
        TinyDataSet.Write(_folder.Path, gzip: gzip);
        string path = _folder[gzip ? TinyDataSet.TrainingImages + ".gz" : TinyDataSet.TrainingImages];
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);

        Refusal(_folder.Path).Should().Contain(path);
    }

    [Fact]
    public void A_file_of_something_else_is_named()
    {
        TinyDataSet.Write(_folder.Path);
        string path = _folder[TinyDataSet.TestImages + ".gz"];
        File.WriteAllText(path, "<html>403 Forbidden</html>");

        Refusal(_folder.Path).Should().Contain(path);
    }

    [Fact]
    public void Labels_that_disagree_with_their_images_in_number_are_refused()
    {
        TinyDataSet.Write(_folder.Path);
        TinyDataSet.WriteIdx(_folder.Path, TinyDataSet.TestLabels, [29], new byte[29]);

        Refusal(_folder.Path).Should().Contain("30").And.Contain("29").And.Contain(TinyDataSet.TestLabels);
    }

    [Fact]
    public void A_test_label_that_no_training_sample_has_is_refused()
    {
        TinyDataSet.Write(_folder.Path);
        byte[] labels = new byte[30];
        labels[17] = 3;
        TinyDataSet.WriteIdx(_folder.Path, TinyDataSet.TestLabels, [30], labels);

        Refusal(_folder.Path).Should().Contain("sample 17").And.Contain("0 to 2");
    }

    [Fact]
    public void A_label_far_beyond_any_number_of_classes_is_refused()
    {
        TinyDataSet.Write(_folder.Path, trainingCount: 2);
        TinyDataSet.WriteIdx(
            _folder.Path, TinyDataSet.TrainingLabels, [2], [0x7F, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0], type: 0x0C);

        Refusal(_folder.Path).Should().Contain(TinyDataSet.TrainingLabels).And.Contain("2147483647");
    }

    [Fact]
    public void Test_images_of_another_size_are_refused()
    {
        TinyDataSet.Write(_folder.Path);
        TinyDataSet.WriteIdx(_folder.Path, TinyDataSet.TestImages, [30, 2, 2], new byte[120]);

        Refusal(_folder.Path).Should().Contain("4 x 3").And.Contain("2 x 2");
    }

    [Fact]
    public void Empty_or_flat_images_are_refused()
    {
        TinyDataSet.Write(_folder.Path);
        TinyDataSet.WriteIdx(_folder.Path, TinyDataSet.TrainingImages, [0, 4, 3], []);
        Refusal(_folder.Path).Should().Contain("no images");

        TinyDataSet.WriteIdx(_folder.Path, TinyDataSet.TrainingImages, [90, 12], new byte[1080]);
        Refusal(_folder.Path).Should().Contain("no images");
    }

    private static string Refusal(string folder)
    {
        Action load = () => IdxFolder.Read(folder);
        string message = load.Should().Throw<DatasetException>().Which.Message;
        message.Should().NotContain("\n");
        return message;
    }
}
