namespace NeuralNet.Data.Images.Tests;

/// <summary>Images are written as PNG, and come back as they were.</summary>
public sealed class PngWritingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Pixels_come_back(int channels)
    {
        byte[] pixels = [.. Enumerable.Range(0, 5 * 7 * channels).Select(i => (byte)(37 * i))];
        using var folder = new PhotoFolder();
        string path = Path.Combine(folder.Path, "a.png");
        File.WriteAllText(path, "what was there before, and is longer than the image that takes its place");
        new Image(5, 7, channels, pixels).SavePng(path);
        var image = Image.Read(path);
        (image.Height, image.Width, image.Channels).Should().Be((5, 7, channels));
        image.Pixels.ToArray().Should().Equal(pixels);
    }

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        using var stream = new MemoryStream();
        new Image(2, 1, 3, [1, 2, 3, 4, 5, 6]).SavePng(stream);
        byte[] file = stream.ToArray();
        file.Should().StartWith(PngFile.Signature);
        byte[] header = PngFile.Chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
        file[8..(8 + header.Length)].Should().Equal(header, "the width stands first");
        file.Should().EndWith(PngFile.Chunk("IEND", []));
        stream.CanWrite.Should().BeTrue("the stream stays open");
    }

    [Fact]
    public void A_path_is_required()
    {
        var image = new Image(1, 1, 1, [0]);
        FluentActions.Invoking(() => image.SavePng("")).Should().Throw<ArgumentException>().WithParameterName("path");
        FluentActions.Invoking(() => image.SavePng((Stream)null!)).Should().Throw<ArgumentNullException>();
    }
}
