using System.Formats.Tar;
using System.IO.Compression;
using NeuralNet.LinearAlgebra;

namespace NeuralNet.Datasets.Tests;

public sealed class CifarTests : IDisposable
{
    private const int RecordLength = 1 + (3 * 32 * 32);

    private readonly TemporaryFolder _folder = new();

    private static IEnumerable<string> Names =>
        Enumerable.Range(1, 5).Select(number => $"data_batch_{number}.bin").Append("test_batch.bin");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("archive")]
    [InlineData("loose")]
    [InlineData("unpacked")]
    public void Planes_become_pixels_and_the_files_follow_each_other(string how)
    {
        Write(how);

        ImageDataset data = Cifar10.Load(new() { Folder = _folder.Path });

        data.Shape.Should().Be(new FeatureShape(32, 32, 3));
        data.Classes[9].Should().Be("truck");
        data.TrainingImages.Labels.Should().Equal(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        data.TestImages.Labels.Should().Equal(0, 1);
        ReadOnlyMatrixSpan<float> inputs = data.Training.Inputs;
        for (int channel = 0; channel < 3; channel++)
        {
            // Row 2, column 5 of the second image of the third file.
            inputs[(((2 * 32) + 5) * 3) + channel, 5].Should().Be((float)(Pixel(3, 1, channel, 2, 5) * (1.0 / 255)));
        }
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        Write("loose");
        File.Delete(_folder["data_batch_4.bin"]);

        Refusal().Should().Contain("data_batch_4.bin").And.NotContain("data_batch_3.bin");
    }

    [Fact]
    public void A_file_that_was_cut_off_is_named()
    {
        Write("loose");
        File.WriteAllBytes(_folder["test_batch.bin"], new byte[RecordLength + 1]);

        Refusal().Should().Contain("test_batch.bin").And.Contain("records of 3073 bytes");
    }

    [Fact]
    public void A_class_that_there_is_not_is_refused()
    {
        Write("loose");
        byte[] records = new byte[2 * RecordLength];
        records[RecordLength] = 10;
        File.WriteAllBytes(_folder["data_batch_1.bin"], records);

        Refusal().Should().Contain("record 1 has 10");
    }

    [Fact]
    public void Something_else_under_the_name_of_the_archive_is_refused()
    {
        File.WriteAllText(_folder["cifar-10-binary.tar.gz"], "<html>403 Forbidden</html>");

        Refusal();
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        Action load = () => Cifar10.Load(new() { Folder = _folder["nowhere"] });

        load.Should().Throw<DatasetException>().WithMessage("*nowhere' does not exist.");
    }

    private string Refusal()
    {
        Action load = () => Cifar10.Load(new() { Folder = _folder.Path });
        return load.Should().Throw<DatasetException>().Which.Message;
    }

    private void Write(string how)
    {
        string place = how == "loose" ? _folder.Path : _folder["cifar-10-batches-bin"];
        Directory.CreateDirectory(place);
        int file = 1;
        foreach (string name in Names)
        {
            int first = name == "test_batch.bin" ? 0 : 2 * (file - 1);
            File.WriteAllBytes(Path.Combine(place, name), [.. Record(file, 0, first), .. Record(file, 1, first + 1)]);
            file++;
        }

        if (how == "archive")
        {
            using (FileStream stream = File.Create(_folder["cifar-10-binary.tar.gz"]))
            using (var zipped = new GZipStream(stream, CompressionLevel.Fastest))
            {
                TarFile.CreateFromDirectory(place, zipped, includeBaseDirectory: true);
            }

            Directory.Delete(place, recursive: true);
        }
    }

    private static byte[] Record(int file, int sample, int label)
    {
        byte[] record = new byte[RecordLength];
        record[0] = (byte)label;
        for (int i = 1; i < RecordLength; i++)
        {
            record[i] = Pixel(file, sample, (i - 1) / 1024, (i - 1) % 1024 / 32, (i - 1) % 32);
        }

        return record;
    }

    private static byte Pixel(int file, int sample, int channel, int row, int column) =>
        (byte)((file * 7) + (sample * 31) + (channel * 101) + (row * 3) + (column * 17));
}
