namespace NeuralNet.Data.Images.Tests;

/// <summary>JPEG files that libjpeg wrote: see Files/make.py.</summary>
public sealed class JpegTests
{
    public static TheoryData<string> Names { get; } = new("baseline", "progressive", "subsampled");

    [Theory]
    [MemberData(nameof(Names))]
    public void Pixels_are_those_of_the_picture_within_what_compression_loses(string name)
    {
        Image image = Image.Read(ImageFiles.PathOfJpeg(name));
        (image.Height, image.Width, image.Channels).Should().Be((10, 14, 3));
        Enumerable.Range(0, image.Shape.Size).Max(i => Math.Abs(image.Pixels[i] - Picture(i / 42, i / 3 % 14, i % 3)))
            .Should().BeLessThanOrEqualTo(name == "subsampled" ? 24 : 8);
    }

    [Fact]
    public void Grey_stays_grey()
    {
        Image image = Image.Read(ImageFiles.PathOfJpeg("grey"));
        image.Channels.Should().Be(1);
        image.Pixels[15].Should().BeInRange(50, 75);
        Image.Read(ImageFiles.PathOfJpeg("grey"), new() { Channels = 3 }).Pixels[..3].ToArray().Distinct()
            .Should().ContainSingle();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void A_photo_is_turned_as_its_EXIF_orientation_says(int orientation)
    {
        Image image = Image.Read(ImageFiles.PathOfJpeg($"orientation{orientation}"));
        bool swaps = orientation >= 5;
        (image.Height, image.Width).Should().Be(swaps ? (14, 10) : (10, 14));

        // Where the standard says that the stored rows and columns begin: the corner (0, 0) and its neighbour (0, 1).
        (int y, int x) = orientation switch
        {
            1 or 5 => (0, 0),
            2 or 6 => (0, image.Width - 1),
            3 or 7 => (image.Height - 1, image.Width - 1),
            _ => (image.Height - 1, 0),
        };
        (int stepY, int stepX) = orientation switch
        {
            1 or 4 => (0, 1),
            2 or 3 => (0, -1),
            5 or 6 => (1, 0),
            _ => (-1, 0),
        };
        for (int k = 0; k < 14; k++)
        {
            int red = image.Pixels[(((y + (k * stepY)) * image.Width) + x + (k * stepX)) * 3];
            red.Should().BeCloseTo(Picture(0, k, 0), 8);
        }
    }

    [Theory]
    [InlineData("baseline")]
    [InlineData("progressive")]
    public void A_truncated_file_is_refused_wherever_it_ends(string name)
    {
        byte[] whole = ImageFiles.Jpeg(name);
        for (int length = 0; length < whole.Length - 2; length++)
        {
            whole[..length].Invoking(file => ImageFiles.Read(file)).Should().Throw<InvalidDataException>()
                .WithMessage("'it.png' cannot be read as an image: it is *");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_damaged_file_is_read_or_refused_and_nothing_else(string name)
    {
        byte[] whole = ImageFiles.Jpeg(name);
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 1000; i++)
        {
            byte[] damaged = [.. whole];
            for (int k = 0; k <= i % 4; k++)
            {
                damaged[random.Next(2, damaged.Length)] = (byte)random.Next(256);
            }

            try
            {
                ImageFiles.Read(damaged, new() { MaxPixels = 1 << 20 });
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        refused.Should().BeInRange(300, 999);
    }

    [Fact]
    public void Sizes_of_the_header_are_refused_before_memory_is_taken()
    {
        byte[] file = ImageFiles.Jpeg("baseline");
        int size = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 5;
        (file[size], file[size + 2]) = (0xFF, 0xFF);
        Refusal().Should().Contain("its header says 65294 × 65290 pixels, more than 67108864");
        (file[size], file[size + 2]) = (10, 10);
        Refusal().Should().Contain("too few bytes for 2574 × 2570 pixels");

        string Refusal() =>
            FluentActions.Invoking(() => ImageFiles.Read(file)).Should().Throw<InvalidDataException>().Which.Message;
    }

    [Fact]
    public void Four_channels_are_refused() =>
        FluentActions.Invoking(() => Image.Read(ImageFiles.PathOfJpeg("cmyk"))).Should().Throw<InvalidDataException>()
            .WithMessage("*cmyk.jpg' cannot be read as an image: it is a JPEG image of 4 channels*save it as RGB.");

    private static int Picture(int y, int x, int channel) => channel switch
    {
        0 => (16 * x) + 10,
        1 => (20 * y) + 20,
        _ => 200 - (6 * x) - (4 * y),
    };
}
