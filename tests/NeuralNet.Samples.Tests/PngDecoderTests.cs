using System.Buffers.Binary;
using System.IO.Compression;
using NeuralNet.Data.Images.Png;
using NeuralNet.Samples.Digits.Images;

namespace NeuralNet.Samples.Tests;

/// <summary>Images written by libpng, each with its pixels beside it as PGM: see Images/make.sh.</summary>
public class PngDecoderTests
{
    private static readonly string _folder = Path.Combine(AppContext.BaseDirectory, "Images");

    private static readonly string[] _names =
        [.. Directory.EnumerateFiles(_folder, "*.png").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    public static TheoryData<string> Names => new(_names);

    [Fact]
    public void Every_kind_of_image_is_among_the_files()
    {
        PngHeader[] headers = Array.ConvertAll(_names, name => Header(Bytes(name)));

        headers.Select(header => header.Color).Distinct().Should().HaveCount(5);
        headers.Select(header => header.Depth).Distinct().Should().BeEquivalentTo([1, 2, 4, 8, 16]);
        headers.Count(header => header.IsInterlaced).Should().BeGreaterThan(10);
        Filters("filters").Concat(Filters("grey8-None")).Distinct().Should().BeEquivalentTo([0, 1, 2, 3, 4]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pixels_are_what_libpng_reads(string name)
    {
        GrayImage image = ImageFile.Load(Path.Combine(_folder, name + ".png"));
        GrayImage expected = ImageFile.Load(Path.Combine(_folder, name + ".pgm"));

        (image.Rows, image.Columns).Should().Be((expected.Rows, expected.Columns));
        image.Pixels.Should().HaveSameCount(expected.Pixels).And.OnlyContain(pixel => pixel >= 0 && pixel <= 1);
        image.Pixels.Zip(expected.Pixels, (pixel, wanted) => Math.Abs(pixel - wanted)).Max()
            .Should().BeLessThan(1.01f / 255, "the expected pixels are rounded to 8 bits");
    }

    [Fact]
    public void Light_ink_on_a_transparent_ground_is_on_black_and_dark_ink_on_white()
    {
        // Two pixels of grey and opacity: one transparent, one with ink.
        GrayImage light = PngDecoder.Decode(Png(columns: 2, color: 4, scanlines: [0, 0, 0, 255, 255]));
        GrayImage dark = PngDecoder.Decode(Png(columns: 2, color: 4, scanlines: [0, 255, 0, 0, 255]));

        light.Pixels.Should().Equal(0, 1);
        dark.Pixels.Should().Equal(1, 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_truncated_file_is_refused_wherever_it_ends(string name)
    {
        byte[] whole = Bytes(name);
        for (int length = 8; length < whole.Length; length++)
        {
            byte[] part = whole[..length];
            part.Invoking(Decode).Should().Throw<InvalidDataException>();
        }
    }

    [Fact]
    public void A_changed_byte_behind_the_signature_is_found_out_by_the_checksum()
    {
        byte[] whole = Bytes("grey8-None");
        for (int i = 8; i < whole.Length; i++)
        {
            byte[] damaged = [.. whole];
            damaged[i] ^= 0x20;
            damaged.Invoking(Decode).Should().Throw<InvalidDataException>($"byte {i} is another");
        }
    }

    [Theory]
    [InlineData(5, 8, 0, "color type 5")]
    [InlineData(0, 3, 0, "3 bits")]
    [InlineData(2, 4, 0, "4 bits")]
    [InlineData(0, 8, 2, "interlace 2")]
    public void A_kind_that_does_not_exist_is_refused(int color, int depth, int interlace, string says) =>
        FluentActions.Invoking(() => PngDecoder.Decode(Png(1, color, [0, 0], depth, interlace)))
            .Should().Throw<InvalidDataException>().WithMessage($"*{says}*");

    [Fact]
    public void Damage_behind_right_checksums_is_refused()
    {
        Refusal(Png(columns: 1, color: 0, [9, 0])).Should().Contain("filter 9");
        Refusal(Png(columns: 1, color: 0, [0])).Should().Contain("pixels are missing");
        Refusal(Png(columns: 1, color: 3, [0, 0])).Should().Contain("no palette");
        Refusal(Png(columns: 0, color: 0, [0, 0])).Should().Contain("0 x 1 pixels");
        Refusal(Png(columns: int.MaxValue, color: 0, [0, 0])).Should().Contain("2147483647 x 1 pixels");
        Refusal([.. Bytes("grey8-None")[..8], .. PngChunk.Of("IDAT", [])]).Should().Contain("'IDAT'");

        static string Refusal(byte[] file) =>
            FluentActions.Invoking(() => PngDecoder.Decode(file)).Should().Throw<InvalidDataException>().Which.Message;
    }

    private static GrayImage Decode(byte[] file) => PngDecoder.Decode(file);

    private static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(_folder, name + ".png"));

    private static PngHeader Header(byte[] file) => PngHeader.Read(file.AsSpan(16, 13), ImageFile.RequireSize);

    /// <summary>The filter of each row.</summary>
    private static IEnumerable<int> Filters(string name)
    {
        var image = PngChunks.Read(Bytes(name).AsSpan(8), ImageFile.RequireSize);
        using var pixels = new MemoryStream();
        using (var data = new ZLibStream(new MemoryStream(image.Data), CompressionMode.Decompress))
        {
            data.CopyTo(pixels);
        }

        return pixels.ToArray().Where((_, i) => i % (image.Header.RowLength(image.Header.Columns) + 1) == 0)
            .Select(filter => (int)filter);
    }

    /// <summary>An image of one row.</summary>
    private static byte[] Png(int columns, int color, byte[] scanlines, int depth = 8, int interlace = 0)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, columns);
        header[7] = 1;
        (header[8], header[9], header[12]) = ((byte)depth, (byte)color, (byte)interlace);
        using var data = new MemoryStream();
        using (var stream = new ZLibStream(data, CompressionLevel.Fastest))
        {
            stream.Write(scanlines);
        }

        return
        [
            .. Bytes("grey8-None")[..8], .. PngChunk.Of("IHDR", header), .. PngChunk.Of("IDAT", data.ToArray()),
            .. PngChunk.Of("IEND", []),
        ];
    }
}
