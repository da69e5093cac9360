using System.Globalization;

namespace NeuralNet.Data.Images.Tests;

/// <summary>PNG files: those that libpng wrote, and damaged ones.</summary>
public sealed class PngTests
{
    public static TheoryData<string> Names { get; } = new(ImageFiles.PngNames);

    [Theory]
    [MemberData(nameof(Names))]
    public void Pixels_are_what_libpng_reads(string name)
    {
        Image image = ImageFiles.Read(ImageFiles.Png(name), new() { Channels = 1 });
        int[] expected = ImageFiles.Grey(name);
        expected.Should().HaveCount(image.Shape.Size);
        image.Pixels.ToArray().Zip(expected, (pixel, wanted) => Math.Abs(pixel - wanted)).Max()
            .Should().BeLessThanOrEqualTo(1);
    }

    [Fact]
    public void Colors_and_opacity_come_as_they_are()
    {
        byte[] pixels = [.. Enumerable.Range(0, 2 * 3 * 4).Select(i => (byte)(10 * i))];
        Image image = ImageFiles.Read(PngFile.Of(2, 3, 4, (y, x, c) => pixels[(((y * 3) + x) * 4) + c]));
        (image.Height, image.Width, image.Channels).Should().Be((2, 3, 4));
        image.Pixels.ToArray().Should().Equal(pixels);
        image.ToInput<double>().Should().Equal(pixels.Select(pixel => pixel * (1.0 / 255)));

        ImageFiles.Read(PngFile.Plain(1, 1, 9, 8, 7)).Pixels.ToArray().Should().Equal(9, 8, 7);
        ImageFiles.Read(PngFile.Plain(1, 1, 9)).Pixels.ToArray().Should().Equal(9);
        ImageFiles.Read(PngFile.Raw(1, 1, 4, [0, 9, 77])).Pixels.ToArray().Should().Equal(9, 9, 9, 77);
        ImageFiles.Read(PngFile.Raw(1, 1, 0, [0, 0xAB, 0xCD], depth: 16)).Pixels.ToArray().Should().Equal(0xAB);
        ImageFiles.Read(PngFile.Raw(1, 3, 0, [0, 0b_00_01_11_00], depth: 2)).Pixels.ToArray()
            .Should().Equal(0, 85, 255);
    }

    [Fact]
    public void One_color_may_be_transparent() =>
        ImageFiles.Read(PngFile.Raw(1, 2, 0, [0, 5, 6], transparency: [0, 5])).Pixels.ToArray()
            .Should().Equal(5, 5, 5, 0, 6, 6, 6, 255);

    [Theory]
    [InlineData(3, new byte[] { 100, 150, 200, 255 }, new byte[] { 100, 150, 200 })]
    [InlineData(3, new byte[] { 100, 150, 200, 0 }, new byte[] { 255, 255, 255 })]
    [InlineData(3, new byte[] { 0, 0, 0, 51 }, new byte[] { 204, 204, 204 })]
    [InlineData(1, new byte[] { 255, 0, 0, 255 }, new byte[] { 76 })]
    [InlineData(1, new byte[] { 0, 255, 0 }, new byte[] { 150 })]
    [InlineData(1, new byte[] { 0, 0, 255 }, new byte[] { 29 })]
    [InlineData(1, new byte[] { 255, 255, 255 }, new byte[] { 255 })]
    [InlineData(3, new byte[] { 7 }, new byte[] { 7, 7, 7 })]
    [InlineData(4, new byte[] { 7 }, new byte[] { 7, 7, 7, 255 })]
    [InlineData(4, new byte[] { 1, 2, 3 }, new byte[] { 1, 2, 3, 255 })]
    public void Channels_are_converted(int channels, byte[] color, byte[] expected) =>
        ImageFiles.Read(PngFile.Plain(1, 1, color), new() { Channels = channels }).Pixels.ToArray()
            .Should().Equal(expected);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_truncated_file_is_refused_wherever_it_ends(string name)
    {
        byte[] whole = ImageFiles.Png(name);
        for (int length = 0; length < whole.Length; length++)
        {
            Refusal(whole[..length]).Should().StartWith("'it.png' cannot be read as an image: it is ");
        }
    }

    [Fact]
    public void A_changed_byte_behind_the_signature_is_found_out_by_the_checksum()
    {
        byte[] whole = ImageFiles.Png("grey8-None");
        for (int i = 8; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x20;
            Refusal(damaged).Should().NotBeEmpty(i.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public void A_size_beyond_the_limit_is_refused_by_the_header_before_memory_is_taken()
    {
        Refusal(PngFile.Raw(20_000, 20_000, 2, [0])).Should().Contain("20000 × 20000 pixels, more than 67108864");
        Refusal(PngFile.Raw(int.MaxValue, int.MaxValue, 2, [0])).Should().Contain("more than");
        Refusal(PngFile.Raw(-1, 5, 2, [0])).Should().Contain("its header says 5 × 4294967295 pixels");
        Refusal(PngFile.Raw(0, 5, 2, [0])).Should().Contain("its header says 5 × 0 pixels");

        byte[] small = PngFile.Plain(3, 4, 1);
        FluentActions.Invoking(() => ImageFiles.Read(small, new() { MaxPixels = 11 })).Should()
            .Throw<InvalidDataException>().WithMessage("*4 × 3 pixels, more than 11; raise ImageOptions.MaxPixels*");
        ImageFiles.Read(small, new() { MaxPixels = 12 }).Height.Should().Be(3);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Refusal(PngFile.Raw(8000, 8000, 2, [0])).Should().Contain("too few bytes for 8000 × 8000 pixels");
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(1 << 20);
    }

    [Theory]
    [InlineData(5, 8, 0, "color type 5")]
    [InlineData(0, 3, 0, "3 bits")]
    [InlineData(2, 4, 0, "4 bits")]
    [InlineData(0, 8, 2, "interlace 2")]
    public void A_kind_that_does_not_exist_is_refused(int color, int depth, int interlace, string says) =>
        Refusal(PngFile.Raw(1, 1, color, [0, 0], depth, interlace)).Should().Contain(says);

    [Fact]
    public void Damage_behind_right_checksums_is_refused()
    {
        Refusal(PngFile.Raw(1, 1, 0, [9, 0])).Should().Contain("filter 9");
        Refusal(PngFile.Raw(1, 1, 0, [0])).Should().Contain("pixels are missing");
        Refusal(PngFile.Raw(1, 1, 3, [0, 0])).Should().Contain("no palette");
        Refusal([.. PngFile.Signature, .. PngFile.Chunk("IDAT", [])]).Should().Contain("'IDAT'");
    }

    [Fact]
    public void What_is_no_image_is_refused()
    {
        Refusal([]).Should().Be("'it.png' cannot be read as an image: it is empty.");
        Refusal("GIF89a"u8.ToArray())
            .Should().Be("'it.png' cannot be read as an image: it is neither a PNG nor a JPEG image.");
        FluentActions.Invoking(() => Image.Read(Path.Combine(AppContext.BaseDirectory, "no.png")))
            .Should().Throw<FileNotFoundException>();
        FluentActions.Invoking(() => new ImageOptions { Channels = 2 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ImageOptions { Size = (3, 0) }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new ImageOptions { MaxPixels = 0 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new Image(2, 2, 3, new byte[11])).Should().Throw<ArgumentException>()
            .WithMessage("An image of 2 × 2 × 3 takes 12 bytes, but there are 11.*");
    }

    private static string Refusal(byte[] file) =>
        FluentActions.Invoking(() => ImageFiles.Read(file)).Should().Throw<InvalidDataException>().Which.Message;
}
